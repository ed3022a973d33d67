import type { ErrorAnswer } from '../../contract/common.ts';
import { ApiError } from './api-error.ts';
import { sayInLanguage } from '../sentences/sentences.ts';
import { reportSignedOut } from './client.ts';

interface SendFormOptions {
  form: FormData;
  /** Called with the share that was sent, 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Posts a form with files. By XMLHttpRequest, because fetch does not tell how much was sent. Throws an `ApiError`. */
export function sendForm<Answer>(url: string, { form, onProgress, signal }: SendFormOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (status: number, code: string, message: string) => reject(new ApiError({ status, code, message }));
    request.open('POST', url);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status === 201) return resolve(request.response as Answer);
      const answer = request.response as ErrorAnswer | null;
      const retryAfter = Number(request.getResponseHeader('retry-after') ?? Number.NaN);
      if (request.status === 401) reportSignedOut();
      void sayInLanguage(answer?.error ?? '').then((message) =>
        reject(
          new ApiError({
            status: request.status,
            code: answer?.code ?? 'unknown',
            message,
            retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
          }),
        ),
      );
    });
    request.addEventListener('error', () => fail(0, 'network', ''));
    request.addEventListener('abort', () => fail(0, 'aborted', ''));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
