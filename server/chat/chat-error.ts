import type { FailureDetails, SocketErrorCode } from '../../contract/socket.ts';

/** A frame that is refused, or a run that fails, with a sentence for the person. */
export class ChatError extends Error {
  override name = 'ChatError';
  readonly code: SocketErrorCode;
  readonly retryable: boolean;
  readonly details: FailureDetails | undefined;

  constructor(code: SocketErrorCode, message: string, retryable = false, details?: FailureDetails) {
    super(message);
    this.code = code;
    this.retryable = retryable;
    this.details = details;
  }
}
