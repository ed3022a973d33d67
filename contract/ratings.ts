import * as z from 'zod';
import { idSchema, queryInteger, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { maxCommentLength } from './limits.ts';
import { ratingSchema } from './socket.ts';
import { usageWindowQuery } from './usage.ts';

const messageParams = z.object({ agentId: idSchema, messageId: idSchema });

const countsSchema = z.object({
  agentId: idSchema,
  agentName: z.string(),
  model: z.string().nullable().meta({ description: '`<provider>/<model id>`; null where it is not known' }),
  up: z.int(),
  down: z.int(),
});

const sharedRatingSchema = z
  .object({
    agentId: idSchema,
    agentName: z.string(),
    model: z.string().nullable(),
    rating: z.enum(['up', 'down']),
    comment: z.string().nullable(),
    question: z.string().nullable().meta({ description: 'What the person had said; null where it is gone' }),
    answer: z.string(),
    date: z.iso.date().meta({ description: 'In UTC. The moment would say who it was, beside the trail' }),
  })
  .meta({ id: 'SharedRating', description: 'What a person agreed that admins may read, without who it was' });
export type SharedRating = z.infer<typeof sharedRatingSchema>;

export const ratingEndpoints = {
  rateMessage: endpoint({
    ...routes.rateMessage,
    tag: 'Conversations',
    errors: ['conflict'],
    summary: "Rate an answer in one of the caller's conversations, in place of an earlier rating",
    params: messageParams,
    body: z.strictObject({
      rating: z.enum(['up', 'down']),
      comment: z
        .string()
        .trim()
        .max(maxCommentLength, `Say it in at most ${maxCommentLength.toLocaleString('en')} characters.`)
        .refine((text) => !text.includes('\0'), 'Text must not contain NUL characters.')
        .optional(),
      shared: z
        .boolean()
        .default(false)
        .meta({ description: 'Lets admins read the comment, the answer and its question, until it is taken back' }),
    }),
    answer: ratingSchema,
  }),
  unrateMessage: endpoint({
    ...routes.unrateMessage,
    tag: 'Conversations',
    summary: 'Take a rating back, and what was shared with it',
    params: messageParams,
    answer: successSchema,
  }),
  ratingSummary: endpoint({
    ...routes.ratingSummary,
    tag: 'Usage',
    summary: 'How answers were rated, by agent and model',
    query: usageWindowQuery,
    answer: z.object({ ratings: z.array(countsSchema), shared: z.int() }).meta({ id: 'RatingSummary' }),
  }),
  listSharedRatings: endpoint({
    ...routes.listSharedRatings,
    tag: 'Usage',
    summary: 'Ratings with the texts that people agreed to share, of whole days in UTC, the newest day first',
    query: usageWindowQuery.extend({ page: queryInteger(1, 1_000).default(1), limit: queryInteger(1, 50).default(20) }),
    answer: z.object({ ratings: z.array(sharedRatingSchema), total: z.int() }).meta({ id: 'SharedRatings' }),
  }),
};
