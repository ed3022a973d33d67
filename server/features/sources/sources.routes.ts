import { sourceEndpoints } from '../../../contract/sources.ts';
import { goneSignal } from '../../http/asker.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import type { SourceService } from './source.service.ts';

export function addSourceRoutes(add: AddEndpoint, sources: SourceService): void {
  add(sourceEndpoints.openSource, ({ actor, params, reply }) => sources.open(actor, params, goneSignal(reply)));
  add(sourceEndpoints.getSourceFile, async ({ actor, params, reply }) => {
    const { filename, mediaType, size, stream } = await sources.file(actor, params);
    const inline = mediaType.startsWith('image/') || mediaType === 'application/pdf';
    reply
      .type(mediaType)
      .header('content-length', size)
      .header('content-disposition', contentDisposition(inline ? 'inline' : 'attachment', filename))
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox");
    return reply.send(stream);
  });
}
