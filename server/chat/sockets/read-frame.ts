import { maxFrameBytes } from '../../../contract/limits.ts';
import * as z from 'zod';
import { clientFrameSchema, type ClientFrame, type ServerFrame } from '../../../contract/socket.ts';
import { idSchema } from '../../../contract/common.ts';
import { isCostlyJson } from '../../platform/json-cost.ts';

type ErrorFrame = Extract<ServerFrame, { type: 'error' }>;

/** What can be told of a frame that does not fit: enough for the sender to know which one it was. */
const traces = z.object({
  agentId: idSchema.optional().catch(undefined),
  chatId: idSchema.optional().catch(undefined),
  clientMessageId: idSchema.optional().catch(undefined),
});

/** Reads one frame of a client, or says what is wrong with it. Never throws. */
export function readFrame(data: Buffer, isBinary: boolean): { frame: ClientFrame } | { error: ErrorFrame } {
  if (isBinary) return refuse('Send frames as JSON text.');
  if (isCostlyJson(data)) return refuse('The frame has more values than any frame has.');
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    return refuse('The frame is not valid JSON.');
  }
  if (data.byteLength > maxFrameBytes) return refuse('A frame has at most 64 KiB.', value);
  const parsed = clientFrameSchema.safeParse(value);
  if (parsed.success) return { frame: parsed.data };
  const [issue] = parsed.error.issues;
  const field = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return refuse(`The frame does not fit its schema. ${field}${issue?.message ?? ''}`.trim(), value);
}

function refuse(message: string, value?: unknown): { error: ErrorFrame } {
  const known = traces.safeParse(value).data;
  const trace = Object.fromEntries(Object.entries(known ?? {}).filter(([, entry]) => entry !== undefined));
  return { error: { type: 'error', ...trace, code: 'invalid_frame', message, retryable: false } };
}
