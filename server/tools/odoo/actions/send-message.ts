import * as z from 'zod';
import type { ShownValue } from '../../../../contract/proposals.ts';
import { type Tool, ToolError } from '../../tool.ts';
import { OdooError } from '../odoo-error.ts';
import { connectionSchema, idSchema, modelSchema } from '../odoo-input.ts';
import type { OdooSession, OdooToolServices } from '../odoo-session.ts';
import { shortName } from '../proposal/shown-value.ts';
import { actWithoutAnswer } from './activities.ts';
import { createActionTool, told, nameOf, notDone, readOne } from './odoo-action.ts';

const input = z.strictObject({
  connection: connectionSchema,
  model: modelSchema,
  id: idSchema.describe('The record that the message stands on'),
  body: z.string().trim().min(1).max(20_000).describe('Plain text'),
  audience: z
    .enum(['followers', 'note'])
    .describe(
      'followers: it goes to everybody who follows the record, customers too, by e-mail. note: for colleagues only',
    ),
});

export const createSendMessageTool = (services: OdooToolServices): Tool<z.output<typeof input>> =>
  createActionTool(services, {
    id: 'odoo_send_message',
    title: 'Send message on Odoo record',
    description:
      'Writes a message on a record: to its followers, which can be customers who get it by e-mail, or as a note for colleagues. Only with ' +
      'words that the person asked for or agreed to.',
    destructive: true,
    input,
    modelOf: ({ model }) => model,
    needs: ({ model }) => [[model, 'write']],
    async plan(session, { model, id, body, audience }) {
      if (!Object.hasOwn(session.fields, 'message_ids')) throw new ToolError(`${model} has no messages in Odoo.`);
      const row = await readOne(session, id, ['name', 'message_partner_ids']);
      const name = nameOf(row);
      const followers = audience === 'note' ? undefined : await findFollowers(session, row['message_partner_ids']);
      const readers = followers ? ` (${inWords(followers)})` : '';
      return {
        record: { model, id, name },
        words:
          audience === 'note'
            ? `Writes a note on ${name}: “${body}”`
            : `Sends a message on ${name} to its followers${readers}: “${body}”`,
        proposal: {
          action: audience === 'note' ? 'write_note' : 'send_message',
          about: followers ? [{ name: 'followers', labels: {}, after: followers }] : [],
          fields: told('body', body),
        },
        basis: { body, followers: audience === 'note' ? [] : row['message_partner_ids'] },
        async run() {
          const { client, signal } = session;
          const domain = [
            ['model', '=', model],
            ['res_id', '=', id],
          ];
          const query = { domain, fields: ['body', 'subtype_id'], order: 'id desc', limit: 1 };
          const [before] = await client.search('mail.message', query, signal);
          const parameters = {
            body: htmlOf(body),
            message_type: 'comment',
            subtype_xmlid: audience === 'note' ? 'mail.mt_note' : 'mail.mt_comment',
            // Before 17 what came by RPC was always HTML.
            ...(client.version.major >= 17 && { body_is_html: true }),
          };
          const answer = await actWithoutAnswer(() => client.act(model, 'message_post', [id], { parameters, signal }));
          const [after] = await client.search('mail.message', query, signal);
          if (!after || after.id === before?.id) throw notDone(name, answer);
          return {
            text: `${audience === 'note' ? 'Noted' : 'Sent'}: message ${after.id} stands on ${name}${readers}.`,
            summary: audience === 'note' ? `Noted on ${name}` : `Sent a message on ${name}`,
            audit: { messageId: after.id },
          };
        },
      };
    },
    auditInput: ({ model, id, audience }) => ({ model, id, audience }),
  });

const maxNamed = 5;

type Followers = Extract<ShownValue, { kind: 'empty' | 'records' }>;

/** Who gets the message; without names where the Odoo user may not see them. */
async function findFollowers({ client, signal }: OdooSession, ids: unknown): Promise<Followers> {
  const partners = Array.isArray(ids) ? ids.filter((id): id is number => typeof id === 'number') : [];
  if (partners.length === 0) return { kind: 'empty' };
  try {
    const rows = await client.read('res.partner', partners.slice(0, maxNamed), ['display_name'], signal);
    const records = rows.map((row) => ({ id: row.id, name: shortName(nameOf(row)) }));
    return { kind: 'records', records, count: partners.length };
  } catch (error) {
    if (error instanceof OdooError && error.reason === 'access-denied')
      return { kind: 'records', records: [], count: partners.length };
    throw error;
  }
}

function inWords(followers: Followers): string {
  if (followers.kind === 'empty') return 'nobody follows it yet';
  const { records, count } = followers;
  if (records.length === 0) return String(count);
  const more = count > records.length ? [`${count - records.length} more`] : [];
  return [...records.map(({ name }) => name), ...more].join(', ');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Plain text as Odoo's messages hold it. */
const htmlOf = (text: string): string =>
  text
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? '')
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('');
