/** The Bot API's objects, as far as this double makes them: https://core.telegram.org/bots/api#available-types */
export interface TelegramUser {
  id: number;
  is_bot: boolean;
  first_name: string;
  username?: string;
  /** IETF tag of the person's program. */
  language_code?: string;
}

export interface TelegramMessage {
  message_id: number;
  date: number;
  chat: { id: number; type: 'private' | 'group'; first_name?: string; title?: string };
  from: TelegramUser;
  text?: string;
  caption?: string;
  [content: string]: unknown;
}

export interface TelegramUpdate {
  update_id: number;
  message?: TelegramMessage;
  edited_message?: TelegramMessage;
  callback_query?: { id: string; from: TelegramUser; message: TelegramMessage; data: string; chat_instance: string };
}

/** An answer that is not `ok`; the HTTP status is the error code. */
export class TelegramFault extends Error {
  override name = 'TelegramFault';
  readonly code: number;
  readonly parameters: { retry_after?: number } | undefined;

  constructor(code: number, description: string, parameters?: { retry_after?: number }) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (description: string) => new TelegramFault(400, `Bad Request: ${description}`);
