import { GrammyError, HttpError } from 'grammy/web';

export type FaultKind =
  /** The token does not count (any more). */
  | 'unauthorised'
  /** Another program asks for this bot's messages. */
  | 'conflict'
  /** The person blocked the bot or their account is gone: nothing can be sent to this chat. */
  | 'closed'
  | 'unmodified'
  /** The message to edit is gone or too old. */
  | 'uneditable'
  | 'flood'
  /** Telegram will not do this, however often it is asked. */
  | 'refused'
  | 'unreachable';

export interface TelegramFault {
  kind: FaultKind;
  /** Telegram's own words, or what happened to the connection; never the address, which contains the token. */
  description: string;
  retryAfterSeconds: number | undefined;
}

/** Other rights that are missing are missing for one message, not for the chat. */
const isClosed =
  /chat not found|user is deactivated|PEER_ID_INVALID|blocked by the user|kicked|can't initiate|not a member/i;

/** What an error of a call to Telegram means; undefined for an error of our own. */
export function faultOf(error: unknown): TelegramFault | undefined {
  if (error instanceof HttpError) return unreachable('Telegram could not be reached.');
  if (!(error instanceof GrammyError)) return undefined;
  const { error_code: code, description, parameters } = error;
  const fault = (kind: FaultKind) => ({ kind, description, retryAfterSeconds: parameters?.retry_after });
  // An unknown token is 401; one that Telegram cannot even read is 404.
  if (code === 401 || code === 404) return fault('unauthorised');
  if (code === 409) return fault('conflict');
  if (code === 429) return fault('flood');
  if (isClosed.test(description)) return fault('closed');
  if (/message is not modified/i.test(description)) return fault('unmodified');
  if (/message to edit not found|message can't be edited/i.test(description)) return fault('uneditable');
  return fault(code >= 500 ? 'unreachable' : 'refused');
}

const unreachable = (description: string): TelegramFault => ({
  kind: 'unreachable',
  description,
  retryAfterSeconds: undefined,
});
