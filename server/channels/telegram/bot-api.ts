import { createHmac } from 'node:crypto';
// The web build speaks the platform's own fetch and AbortSignal; the other one brings old copies, which do not survive
// bundling, and 16 MB of memory.
import { Api } from 'grammy/web';
import type { Update } from 'grammy/types';
import { downloadFile } from './download-file.ts';
import { paceCalls } from './pace-calls.ts';

/** What Pinchy asks Telegram for; nothing else is delivered. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query'] as const;

/** Telegram may ask for pauses of this length; longer ones are an error, and tried again later. */
const maxPauseSeconds = 120;
const requestSeconds = 30;

/** Our signal in the type of the library, which predates the platform's own. */
export const callSignal = (signal: AbortSignal) => signal as unknown as NonNullable<Parameters<Api['getMe']>[0]>;

/** One bot at Telegram. The signal ends every call. */
export interface BotApi {
  /** Paced as Telegram asks: 30 messages a second over all chats, one a second in each; `retry_after` is waited for. */
  send: Api;
  /** Unpaced, for calls that are no messages. */
  direct: Api;
  /** Waits up to `seconds` for updates. An offset confirms all before it. */
  getUpdates(request: { offset: number | undefined; seconds: number }, signal: AbortSignal): Promise<Update[]>;
  /** What `getFile` names. Throws FileRefused. */
  download(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

export function createBotApi(options: {
  token: string;
  root: string;
  filesRoot: string | undefined;
  spacingMs: number;
}): BotApi {
  const { token, root, filesRoot, spacingMs } = options;
  const send = new Api(token, { apiRoot: root, timeoutSeconds: requestSeconds });
  send.config.use(paceCalls({ spacingMs, perSecond: 30, maxPauseSeconds }));
  const direct = new Api(token, { apiRoot: root, timeoutSeconds: requestSeconds });
  const polling = new Api(token, { apiRoot: root, timeoutSeconds: requestSeconds + 60 });

  return {
    send,
    direct,
    getUpdates: ({ offset, seconds }, signal) =>
      polling.getUpdates(
        { ...(offset !== undefined && { offset }), timeout: seconds, limit: 100, allowed_updates: allowedUpdates },
        callSignal(AbortSignal.any([signal, AbortSignal.timeout((seconds + 15) * 1_000)])),
      ),
    download: (path, signal) => downloadFile(path, { root, token, filesRoot }, signal),
  };
}

/** The secret that Telegram sends along with each delivery; made from the token, so it needs no place of its own. */
export const webhookSecret = (token: string): string =>
  createHmac('sha256', token).update('pinchy telegram webhook').digest('base64url');
