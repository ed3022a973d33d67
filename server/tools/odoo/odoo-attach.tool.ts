import * as z from 'zod';
import { mediaTypeOf } from '../files/media-type.ts';
import { openPlace } from '../files/open-place.ts';
import { filenameOfStored } from '../files/upload-name.ts';
import { denyOnly, locate, maxPathLength, rootsOf, shown } from '../files/virtual-path.ts';
import { type Tool, ToolError, type ToolContext } from '../tool.ts';
import { connectionSchema, idSchema, modelSchema } from './odoo-input.ts';
import { digest } from '../proposal.ts';
import { checkModelScope, type OdooSession, type OdooToolServices, withModel } from './odoo-session.ts';
import { proposeInOdoo, targetOf } from './proposal/propose.ts';
import { showText } from './proposal/shown-value.ts';
import { labelOf } from './model-words.ts';

/** Travels in Base64 inside JSON, and Odoo's own limit behind common proxies is not much higher. */
const maxBytes = 20 * 1024 * 1024;

const attachInput = z.strictObject({
  connection: connectionSchema,
  model: modelSchema,
  id: idSchema.describe('The record that gets the file'),
  path: z
    .string()
    .min(1)
    .max(maxPathLength)
    .describe('The file, such as /workspace/uploads/invoice.pdf or /data/contracts/lease.pdf'),
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^/\\\0]+$/, 'must be a plain file name')
    .optional()
    .describe('The name it gets in Odoo; the file’s own name unless told'),
});

export function createAttachTool(
  services: OdooToolServices & { dataRoot: string },
): Tool<z.output<typeof attachInput>> {
  const { dataRoot } = services;
  return {
    id: 'odoo_attach_file',
    title: 'Attach file in Odoo',
    description:
      'Attaches a file that you may read (one the person sent in the chat, or a document of the organisation) to an Odoo record, such as ' +
      'the PDF of a vendor bill to the bill.',
    category: 'powerful',
    integration: 'odoo',
    input: attachInput,
    timeLimit: 120_000,
    resultLimit: 5_000,
    async checkScope(input, context) {
      await checkModelScope(services, input, 'write', context);
      denyOnly(() => locate(input.path, rootsOf(context, dataRoot)));
    },
    preview: (input, context) =>
      withModel(services, { input, operation: 'write', context }, async (session) => {
        const file = await readFile(input.path, context, dataRoot);
        const record = await requireTarget(session, input);
        const name = input.name ?? file.name;
        const text = (key: string, value: string) => ({ name: key, labels: {}, after: showText(value) });
        const fields = [
          text('path', input.path),
          text('file_name', name),
          { name: 'size', labels: {}, after: { kind: 'file' as const, bytes: file.bytes.length } },
        ];
        return {
          words: `Attaches ${shown(name)} to ${record} in ${session.grant.name}.`,
          proposal: proposeInOdoo(session, {
            action: 'attach_file',
            records: [{ id: input.id, name: record }],
            fields,
          }),
          basis: { target: targetOf(session), bytes: digest(file.bytes) },
        };
      }),
    execute: (input, context) =>
      withModel(services, { input, operation: 'write', context }, async (session) => {
        const { client, grant, signal } = session;
        const file = await readFile(input.path, context, dataRoot);
        const record = await requireTarget(session, input);
        const name = input.name ?? file.name;
        const values = {
          name,
          res_model: input.model,
          res_id: input.id,
          mimetype: file.mediaType,
          datas: file.bytes.toString('base64'),
        };
        const id = await client.create('ir.attachment', values, { signal });
        const [stored] = await client.read('ir.attachment', [id], ['name', 'file_size', 'res_model', 'res_id'], signal);
        // Odoo may scale down large images, so the size can differ; nothing at all cannot.
        if (!stored?.['file_size'] || stored['res_id'] !== input.id) {
          throw new ToolError(
            `Odoo took the file, but the attachment ${id} does not hold it as sent. Tell the person to check it; do not repeat the call.`,
          );
        }
        return {
          text: `Attached ${shown(name)} (${file.bytes.length} bytes, attachment ${id}) to ${input.model} ${input.id} (${record}) in ${grant.name}.`,
          summary: `Attached ${shown(name)} to ${record}`,
          audit: { connectionId: grant.connectionId, attachmentId: id, bytes: file.bytes.length },
        };
      }),
    auditInput: ({ model, id, path }) => ({ model, id, path: shown(path) }),
  };
}

async function requireTarget({ client, grant, signal }: OdooSession, { model, id }: { model: string; id: number }) {
  const [target] = await client.read(model, [id], ['display_name'], signal);
  if (!target) throw new ToolError(`“${labelOf(model, grant)}” ${id} does not exist in Odoo.`);
  return String(target['display_name']);
}

async function readFile(path: string, context: ToolContext, dataRoot: string) {
  const roots = rootsOf(context, dataRoot);
  const place = locate(path, roots);
  if (place.kind === 'above') throw new ToolError(`${shown(place.virtualPath)} is a directory.`);
  const opened = await openPlace(place, roots, 'file');
  try {
    const { size } = opened.stats;
    if (size === 0) throw new ToolError(`${shown(path)} is empty.`);
    if (size > maxBytes)
      throw new ToolError(`${shown(path)} is larger than ${maxBytes / 1024 / 1024} MB and cannot be attached.`);
    const stored = opened.segments.at(-1) ?? 'file';
    const name = place.root.linksTo === 'uploads' ? (filenameOfStored(stored) ?? stored) : stored;
    const mediaType = await mediaTypeOf(opened.handle, size, name);
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await opened.handle.read(bytes, 0, size, 0);
    return { name, mediaType, bytes: bytes.subarray(0, bytesRead) };
  } finally {
    await opened.handle.close();
  }
}
