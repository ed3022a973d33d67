import type { Upload } from '../../../contract/conversations.ts';
import { urlOf } from '../../api/client.ts';
import { sendForm } from '../../api/send-form.ts';

interface UploadOptions {
  agentId: string;
  file: File;
  /** Called with the share that was sent, 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends a file to attach. Throws an `ApiError`. */
export function uploadFile({ agentId, file, ...options }: UploadOptions): Promise<Upload> {
  const form = new FormData();
  form.append('file', file, file.name);
  return sendForm(urlOf('upload', { params: { agentId } }), { form, ...options });
}
