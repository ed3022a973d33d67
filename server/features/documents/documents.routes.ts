import type { FastifyReply, FastifyRequest } from 'fastify';
import { maxDocumentBytes, maxDocumentsPerForm } from '../../../contract/limits.ts';
import { documentEndpoints } from '../../../contract/documents.ts';
import { closeAfterwards } from '../../http/body-limits.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { explainFormFault, explainFormFaults } from '../../http/form-faults.ts';
import { unknownFieldMessage } from '../../http/error-handler.ts';
import { success } from '../../http/success.ts';
import { AppError, invalidField } from '../../platform/errors.ts';
import type { DocumentService, IncomingDocument } from './document.service.ts';

const maxDroppedBytes = maxDocumentBytes + 1024 ** 2;
const formOptions = {
  preservePath: true,
  limits: { files: maxDocumentsPerForm, fileSize: maxDocumentBytes + 1, fields: 5 },
};

export function addDocumentRoutes(add: AddEndpoint, documents: DocumentService): void {
  add(documentEndpoints.listDocuments, async ({ query: { directory, ...page } }) => documents.list(directory, page));
  add(documentEndpoints.addDocuments, async ({ actor, query, request, reply }) => {
    if (!request.isMultipart())
      throw new AppError('unsupported_media_type', 'Send the documents as multipart/form-data.');
    const announcedBytes = Number(request.headers['content-length'] ?? 0);
    try {
      const form = { ...query, announcedBytes, documents: documentsOf(request) };
      return { documents: await documents.add(actor, form) };
    } catch (error) {
      dropRest(request, reply);
      throw error;
    }
  });
  add(documentEndpoints.removeDocument, async ({ actor, query }) => {
    await documents.remove(actor, query.path);
    return success;
  });
  add(documentEndpoints.createDataDirectory, async ({ actor, body }) => documents.createDirectory(actor, body.path));
  add(documentEndpoints.removeDataDirectory, async ({ actor, body: { path, contents } }) => {
    await documents.removeDirectory(actor, path, { contents });
    return success;
  });
}

async function* documentsOf(request: FastifyRequest): AsyncGenerator<IncomingDocument> {
  try {
    for await (const part of request.parts(formOptions)) {
      if (part.type === 'field') throw invalidField(part.fieldname, unknownFieldMessage);
      yield { filename: part.filename, stream: explainFormFaults(part.file) };
    }
  } catch (error) {
    explainFormFault(error);
  }
}

/** Browsers show no answer to a request that is cut off: what is left is read and dropped, unless it is too much. */
function dropRest(request: FastifyRequest, reply: FastifyReply): void {
  request.raw.unpipe();
  if (Number(request.headers['content-length']) <= maxDroppedBytes) request.raw.resume();
  else closeAfterwards(reply);
}
