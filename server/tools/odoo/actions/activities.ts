import * as z from 'zod';
import { type Tool, ToolError } from '../../tool.ts';
import type { OdooRow } from '../odoo-client.ts';
import { connectionSchema, idSchema, modelSchema } from '../odoo-input.ts';
import { requirePermission } from '../odoo-access.ts';
import { OdooError } from '../odoo-error.ts';
import type { OdooSession, OdooToolServices } from '../odoo-session.ts';
import { chosen, createActionTool, told, nameOf, notDone, readOne, relatedName } from './odoo-action.ts';

const activity = 'mail.activity';
const fields = ['summary', 'activity_type_id', 'date_deadline', 'user_id', 'res_model', 'res_id', 'res_name'];

/** Odoo's own kinds of activities, by their external ids. */
const kinds = {
  todo: ['mail.mail_activity_data_todo', 'to-do'],
  call: ['mail.mail_activity_data_call', 'call'],
  meeting: ['mail.mail_activity_data_meeting', 'meeting'],
  email: ['mail.mail_activity_data_email', 'e-mail'],
} as const;

const scheduleInput = z.strictObject({
  connection: connectionSchema,
  model: modelSchema,
  id: idSchema.describe('The record that it is about'),
  summary: z.string().trim().min(1).max(200).describe('What is to be done, in a few words'),
  kind: z.enum(['todo', 'call', 'meeting', 'email']).default('todo'),
  deadline: z.iso.date().describe('The day by which it is to be done'),
  note: z.string().trim().max(5_000).optional(),
  user_id: idSchema.optional().describe('Whose it is (res.users); the connection’s own user unless told'),
});

export const createScheduleActivityTool = (services: OdooToolServices): Tool<z.output<typeof scheduleInput>> =>
  createActionTool(services, {
    id: 'odoo_schedule_activity',
    title: 'Schedule activity in Odoo',
    description: 'Schedules an activity on a record, such as a call or a to-do with a day, for one of Odoo’s users.',
    input: scheduleInput,
    modelOf: ({ model }) => model,
    needs: ({ model }) => [
      [model, 'read'],
      [activity, 'create'],
    ],
    async plan(session, { model, id, summary, kind, deadline, note, user_id: userId }) {
      const { client, signal } = session;
      if (!Object.hasOwn(session.fields, 'activity_ids')) throw new ToolError(`${model} has no activities in Odoo.`);
      const name = nameOf(await readOne(session, id, ['name']));
      const assignee = userId ?? client.user.uid;
      const whose = assignee === undefined ? undefined : await nameUser(session, assignee);
      const [xmlId, word] = kinds[kind];
      return {
        record: { model, id, name },
        words: `Schedules a ${word} on ${name} by ${deadline}${whose ? ` for ${whose}` : ''}: “${summary}”.`,
        proposal: {
          action: 'schedule_activity',
          fields: [
            ...told('summary', summary),
            ...chosen('kind', kind),
            ...told('deadline', deadline),
            ...told('assignee', whose),
            ...told('note', note),
          ],
        },
        basis: { assignee, note },
        async run() {
          const domain = [
            ['res_model', '=', model],
            ['res_id', '=', id],
            ['summary', '=', summary],
          ];
          const query = { domain, fields, order: 'id desc', limit: 1 };
          const [before] = await client.search(activity, query, signal);
          const parameters = {
            act_type_xmlid: xmlId,
            date_deadline: deadline,
            summary,
            ...(note && { note }),
            ...(assignee !== undefined && { user_id: assignee }),
          };
          const answer = await actWithoutAnswer(() =>
            client.act(model, 'activity_schedule', [id], { parameters, signal }),
          );
          const [after] = await client.search(activity, query, signal);
          if (!after || after.id === before?.id) throw notDone(name, answer);
          return {
            text: `Scheduled activity ${after.id} on ${name}: ${describe(after)}.`,
            summary: `Scheduled “${summary}” on ${name}`,
            audit: { activityId: after.id },
          };
        },
      };
    },
    auditInput: ({ model, id, kind, deadline }) => ({ model, id, kind, deadline }),
  });

const closeInput = z.strictObject({
  connection: connectionSchema,
  id: idSchema.describe('The id of the mail.activity'),
  feedback: z.string().trim().max(2_000).optional().describe('What came of it; stands on the record'),
});

export const createCloseActivityTool = (services: OdooToolServices): Tool<z.output<typeof closeInput>> =>
  createActionTool(services, {
    id: 'odoo_close_activity',
    title: 'Close activity in Odoo',
    description: 'Marks an activity as done, with what came of it. Only when the person says that it is done.',
    input: closeInput,
    modelOf: () => activity,
    needs: () => [[activity, 'write']],
    async plan(session, { id, feedback }) {
      const row = await readOne(session, id, fields);
      requirePermission(session.grant, String(row['res_model']), 'read');
      if (row['active'] === false) throw new ToolError('This activity is done already.');
      const on =
        typeof row['res_name'] === 'string' ? row['res_name'] : `${String(row['res_model'])} ${String(row['res_id'])}`;
      const name = `${describe(row)} on ${on}`;
      return {
        record: { model: activity, id, name: name.slice(0, 200) },
        words: `Marks the activity ${name} as done${feedback ? `: “${feedback}”` : ''}.`,
        proposal: {
          action: 'close_activity',
          about: [...told('on', on), ...told('deadline', String(row['date_deadline'] || '') || undefined)],
          fields: told('feedback', feedback),
        },
        basis: { row, feedback },
        async run() {
          const { client, signal } = session;
          const parameters = feedback ? { feedback } : {};
          const answer = await client.act(activity, 'action_feedback', [id], { parameters, signal });
          // Some versions keep what is done, archived, and a search passes over that as well.
          const open = await client.search(activity, { domain: [['id', '=', id]], fields: ['id'], limit: 1 }, signal);
          if (open.length > 0) throw notDone(name, answer);
          return { text: `Done. Odoo has the activity ${name} as done.`, summary: `Closed ${name}` };
        },
      };
    },
    auditInput: ({ id }) => ({ model: activity, id }),
  });

function describe(row: OdooRow): string {
  const summary = typeof row['summary'] === 'string' && row['summary'] !== '' ? row['summary'] : undefined;
  const what = summary ?? relatedName(row['activity_type_id']) ?? nameOf(row);
  const whose = relatedName(row['user_id']);
  return `“${what}” (${[whose, String(row['date_deadline'])].filter(Boolean).join(', ')})`;
}

async function nameUser({ client, signal }: OdooSession, id: number): Promise<string> {
  const [user] = await client.read('res.users', [id], ['display_name'], signal);
  if (!user) throw new ToolError(`The user ${id} does not exist in Odoo.`);
  return nameOf(user);
}

/** Methods that answer with records cannot be answered over XML-RPC: they are done, and only reading back tells. */
export async function actWithoutAnswer(act: () => Promise<unknown>): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof OdooError && /cannot marshal|not JSON serializable/i.test(error.message)) return undefined;
    throw error;
  }
}
