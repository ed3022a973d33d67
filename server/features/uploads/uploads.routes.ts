import { maxUploadBytes } from '../../../contract/limits.ts';
import { conversationEndpoints } from '../../../contract/conversations.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { goneSignal } from '../../http/asker.ts';
import { explainFormFault, explainFormFaults } from '../../http/form-faults.ts';
import { AppError, invalidField } from '../../platform/errors.ts';
import { sendUpload } from './send-upload.ts';
import type { UploadService } from './upload.service.ts';

const maxDroppedBytes = maxUploadBytes + 1024 ** 2;

export function addUploadRoutes(add: AddEndpoint, uploads: UploadService): void {
  add(conversationEndpoints.upload, async ({ actor, params, request }) => {
    if (!request.isMultipart()) throw new AppError('unsupported_media_type', 'Send the file as multipart/form-data.');
    const part = await request.file().catch(explainFormFault);
    if (!part) throw invalidField('file', 'Send one file.');
    const { filename, file } = part;
    try {
      return await uploads.save(actor, params.agentId, { filename, stream: explainFormFaults(file) });
    } catch (error) {
      // Browsers show no answer to a request that is cut off: what is left is read and dropped, unless it is too much.
      if (Number(request.headers['content-length']) <= maxDroppedBytes) file.resume();
      else file.destroy();
      throw error;
    }
  });
  add(conversationEndpoints.getUpload, async ({ actor, params, reply }) =>
    sendUpload(reply, await uploads.open(actor, params.agentId, params.id)),
  );
  add(conversationEndpoints.previewUpload, ({ actor, params, reply }) =>
    uploads.preview(actor, params, goneSignal(reply)),
  );
}
