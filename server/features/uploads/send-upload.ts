import type { FastifyReply } from 'fastify';
import type { Upload } from '../../../contract/conversations.ts';
import { contentDisposition } from '../../http/content-disposition.ts';

/** Pictures are shown, all else is saved; nothing in a file that people sent may run. */
export function sendUpload(
  reply: FastifyReply,
  { upload, stream }: { upload: Upload; stream: NodeJS.ReadableStream },
): FastifyReply {
  const inline = upload.mediaType.startsWith('image/');
  return reply
    .type(upload.mediaType)
    .header('content-length', upload.size)
    .header('content-disposition', contentDisposition(inline ? 'inline' : 'attachment', upload.filename))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(stream);
}
