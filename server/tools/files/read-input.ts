import * as z from 'zod';
import type { ToolContext } from '../tool.ts';
import type { OpenedPlace } from './open-place.ts';
import { defaultLines, maxLines } from './text-window.ts';
import { maxPathLength } from './virtual-path.ts';

export const readInput = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(maxPathLength)
    .describe('The file, such as /data/handbook/leave.md or /workspace/uploads/report.pdf'),
  offset: z
    .int()
    .min(1)
    .max(2_000_000_000)
    .optional()
    .describe('First line to read, counted from 1 (in a PDF: within the page)'),
  limit: z.int().min(1).max(maxLines).optional().describe(`Most lines to read; ${defaultLines} unless told`),
  page: z.int().min(1).max(1_000_000).optional().describe('PDF only: the first page to read, counted from 1'),
  find: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Instead of reading on, list the lines from there that contain this text (upper and lower case alike)'),
});

export type ReadInput = z.output<typeof readInput>;

/** An opened file together with what is asked of it. */
export interface ReadRequest {
  opened: OpenedPlace;
  input: ReadInput;
  context: ToolContext;
  /** The virtual path, fit for messages. */
  path: string;
}
