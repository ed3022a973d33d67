import * as z from 'zod';
import { idSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

const lineMarkSchema = z.object({
  line: z.int().meta({ description: 'Its number, as of `firstLine`' }),
  start: z.int().meta({ description: 'UTF-16 code units before what is marked' }),
  end: z.int(),
});

export const openedSourceSchema = z
  .object({
    number: z.int(),
    path: z.string(),
    filename: z.string(),
    place: z.string(),
    kind: z.enum(['pages', 'picture', 'text']).meta({
      description:
        'How it is shown: `pages` of a PDF and a `picture` come as a file, with the text that was read of them; all else is text',
    }),
    page: z.int().nullable().meta({ description: 'The page, of what has pages' }),
    totalPages: z.int(),
    changed: z.boolean().meta({ description: 'The passage does not stand in the document any more' }),
    firstLine: z.int().meta({ description: 'The number of the first of `lines`, from 1' }),
    totalLines: z.int().nullable().meta({ description: 'Null where they were not counted' }),
    lines: z.array(z.string()),
    marks: z.array(lineMarkSchema).meta({ description: 'Where the passage stands in `lines`' }),
  })
  .meta({ id: 'OpenedSource' });
export type OpenedSource = z.infer<typeof openedSourceSchema>;
export type LineMark = z.infer<typeof lineMarkSchema>;

const sourceParams = z.object({
  agentId: idSchema,
  messageId: idSchema,
  number: z.coerce.number().pipe(z.int().min(1).max(2_000_000_000)),
});

export const sourceEndpoints = {
  openSource: endpoint({
    ...routes.openSource,
    tag: 'Conversations',
    summary: 'A document that a message cites, at the passage, as far as the agent may read it now',
    params: sourceParams,
    answer: openedSourceSchema,
    errors: ['not_found', 'rate_limited'],
  }),
  getSourceFile: endpoint({
    ...routes.getSourceFile,
    tag: 'Conversations',
    summary: 'The file of a document that a message cites, as far as the agent may read it now',
    params: sourceParams,
    produces: 'application/octet-stream',
    errors: ['not_found'],
  }),
};
