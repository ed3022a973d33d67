import type { Upload } from '../../../contract/conversations.ts';
import type { ErrorAnswer } from '../../../contract/common.ts';
import { ApiError } from '../../api/api-error.ts';
import { urlOf } from '../../api/client.ts';

interface UploadOptions {
  agentId: string;
  file: File;
  /** Called with the share that was sent, 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends a file to attach. By XMLHttpRequest, because fetch does not tell how much was sent. Throws an `ApiError`. */
export function uploadFile({ agentId, file, onProgress, signal }: UploadOptions): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (status: number, code: string, message: string) => reject(new ApiError({ status, code, message }));
    request.open('POST', urlOf('upload', { params: { agentId } }));
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status === 201) return resolve(request.response as Upload);
      const answer = request.response as ErrorAnswer | null;
      fail(request.status, answer?.code ?? 'unknown', answer?.error ?? '');
    });
    request.addEventListener('error', () => fail(0, 'network', ''));
    request.addEventListener('abort', () => fail(0, 'aborted', ''));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}
