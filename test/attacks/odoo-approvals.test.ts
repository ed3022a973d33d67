import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { describeProposal } from '../../server/channels/telegram/proposal-text.ts';
import { textsIn } from '../../server/channels/telegram/texts-in.ts';
import { connectOdoo, credentialsFor } from '../odoo-fixture.ts';
import { createOdooApprovals, type OdooApprovals, type WaitingCard } from '../odoo-approvals.ts';

// What a person approves of an Odoo call is exactly what is executed, or nothing is.

let scene: OdooApprovals;
beforeAll(async () => {
  scene = await createOdooApprovals();
});
afterAll(() => scene?.close());

const partner = (id: number) => scene.odoo.orm.table('res.partner').get(id)!;
const write = (values: object, ids = [1]) => ({ name: 'odoo_write', input: { model: 'res.partner', ids, values } });
const grants = () => `/api/agents/${scene.agentId}/integrations`;
const full = { enabled: true, accessLevel: 'full', models: ['res.partner', 'crm.lead', 'sale.order', 'account.move'] };

/** Approves, and expects that Odoo hears of no change and the model of why. */
async function expectRefused(card: WaitingCard, why: RegExp) {
  const before = scene.changes();
  expect(await scene.outcomeOf(card)).toMatch(why);
  expect(scene.changes()).toEqual(before);
}

describe('what has changed between asking and approving', () => {
  test.each([
    ['the value that is replaced', () => (partner(1)['city'] = 'Salzburg'), /changed since it was asked for \(City\)/],
    ['the name of the record', () => (partner(1)['name'] = 'Evil Corp'), /changed since .*name/],
    ['the name of a related record', () => (partner(2)['name'] = 'Not Gemini'), /changed since .*Related Company/],
    ['another record in its place', () => scene.odoo.orm.table('res.partner').delete(1), /does not exist/],
  ])('%s: nothing is done', async (_what, change, why) => {
    const kept = [1, 2].map((id) => structuredClone(partner(id)));
    const card = await scene.ask(write({ city: 'Linz', parent_id: 2 }));
    change();
    await expectRefused(card, why);
    kept.forEach((record) => scene.odoo.orm.table('res.partner').set(record.id, record));
  });

  test('of two calls that were shown the same record, the second finds it changed', async () => {
    scene.model.respondNext([{ toolCall: write({ phone: '111' }, [3]) }, { toolCall: write({ phone: '222' }, [3]) }]);
    const known = new Set(scene.client.all('tool').map(({ approvalId }) => approvalId));
    const cards = () =>
      scene.client.all('tool').filter(({ state, approvalId }) => state === 'approval' && !known.has(approvalId));
    scene.client.say(scene.agentId, 'Both');
    await expect.poll(() => cards().length).toBe(2);
    const done = scene.client.all('complete').length;
    scene.decide(cards()[0]!.approvalId!, 'approve');
    await expect.poll(() => partner(3)['phone']).toMatch(/111|222/);
    const first = partner(3)['phone'];
    scene.decide(cards()[1]!.approvalId!, 'approve');
    await expect.poll(() => scene.client.all('complete').length).toBe(done + 1);
    expect(partner(3)['phone']).toBe(first);
  });

  test('the amount that is open, of a payment that names none', async () => {
    const bill = scene.odoo.orm.table('account.move').get(1)!;
    const connectionId = scene.connectionId;
    const models = [...full.models, 'account.payment'];
    await scene.admin.request('PATCH', grants(), { connectionId, ...full, models });
    const card = await scene.ask({ name: 'odoo_register_payment', input: { id: 1 } });
    expect(card.proposal.fields[0]).toMatchObject({ name: 'amount', after: { number: 500, unit: 'EUR' } });
    bill['amount_residual'] = 450;
    await expectRefused(card, /changed since it was asked for/);
    bill['amount_residual'] = 500;
  });

  test('the bytes of a file that is attached', async () => {
    const file = join(scene.server.dataRoot, 'deal', 'offer.txt');
    mkdirSync(join(scene.server.dataRoot, 'deal'));
    writeFileSync(file, 'ten chairs');
    const pluginConfig = { allowed_paths: ['/data/deal'] };
    await scene.admin.request('PATCH', `/api/agents/${scene.agentId}`, { pluginConfig });
    const input = { model: 'res.partner', id: 1, path: '/data/deal/offer.txt' };
    const card = await scene.ask({ name: 'odoo_attach_file', input });
    expect(card.proposal.fields.map(({ after }) => after)).toContainEqual({ kind: 'file', bytes: 10 });
    writeFileSync(file, 'two chairs');
    await expectRefused(card, /changed since it was asked for/);
  });

  test('who follows a record that a message goes to', async () => {
    const order = scene.odoo.orm.table('sale.order').get(3)!;
    const input = { model: 'sale.order', id: 3, body: 'Our lowest price', audience: 'followers' };
    const card = await scene.ask({ name: 'odoo_send_message', input });
    order['message_partner_ids'] = [1, 2, 3];
    await expectRefused(card, /changed since it was asked for/);
    order['message_partner_ids'] = [1, 3];
  });
});

describe('the connection', () => {
  const rename = (id: string, name: string) => scene.admin.request('PATCH', `/api/integrations/${id}`, { name });

  test('another one in its place, under its name or as the only one that is left: nothing is done in either', async () => {
    const other = await startOdooDouble({ version: '18.0' });
    for (const named of [undefined, 'Production Odoo']) {
      const connection = named && { connection: named };
      const { name, input } = write({ city: 'Wien' });
      const card = await scene.ask({ name, input: { ...connection, ...input } });
      await rename(scene.connectionId, 'Old Odoo');
      const otherId = await connectOdoo(scene.admin, other);
      await scene.admin.request('PATCH', grants(), { connectionId: scene.connectionId, enabled: false });
      await scene.admin.request('PATCH', grants(), { connectionId: otherId, ...full });
      await expectRefused(card, /changed since it was asked for \(the connection/);
      expect(other.requests.filter(({ call }) => call?.endsWith('.write'))).toEqual([]);
      await scene.admin.request('DELETE', `/api/integrations/${otherId}`);
      await rename(scene.connectionId, 'Production Odoo');
      await scene.admin.request('PATCH', grants(), { connectionId: scene.connectionId, ...full });
    }
    await other.close();
  });

  test('renamed, or led to another Odoo: nothing is done', async () => {
    const renamed = await scene.ask(write({ city: 'Wien' }));
    await rename(scene.connectionId, 'Test Odoo');
    await expectRefused(renamed, /changed since it was asked for \(the connection/);
    await rename(scene.connectionId, 'Production Odoo');

    const other = await startOdooDouble({ version: '18.0' });
    const card = await scene.ask(write({ city: 'Wien' }));
    const path = `/api/integrations/${scene.connectionId}`;
    const moved = await scene.admin.request('PATCH', path, { credentials: credentialsFor(other) });
    expect(moved.status, moved.text).toBe(200);
    await expectRefused(card, /changed since it was asked for/);
    expect(other.requests.filter(({ call }) => call?.endsWith('.write'))).toEqual([]);
    await scene.admin.request('PATCH', path, { credentials: credentialsFor(scene.odoo) });
    await other.close();
  });

  test('rights that were taken away meanwhile hold', async () => {
    const card = await scene.ask(write({ city: 'Wien' }));
    const connectionId = scene.connectionId;
    await scene.admin.request('PATCH', grants(), { connectionId, ...full, accessLevel: 'read-only' });
    await expectRefused(card, /may not change records of “Contact”/);
    await scene.admin.request('PATCH', grants(), { connectionId, ...full });
  });
});

describe('input that says one thing and does another', () => {
  const line = (...commands: unknown[]) => ({
    name: 'odoo_write',
    input: { model: 'res.partner', ids: [1], values: { child_ids: commands } },
  });
  const proto = JSON.parse('{"__proto__": {"city": "Hell"}, "phone": "1"}') as object;

  test.each([
    ['a prototype', write(proto)],
    ['a field that is none', write({ city: 'Wien', 'city ': 'Hell' })],
    [
      'a context beside the values',
      { name: 'odoo_write', input: { ...write({ city: 'x' }).input, context: { lang: 'xx' } } },
    ],
    ['a context among the values', write({ context: { active_test: false } })],
    ['one text in all languages', write({ name: { en_US: 'Deco Addict', de_DE: 'Evil Corp' } })],
    ['a list for one text', write({ city: ['Wien', 'Hell'] })],
    ['a name for a record', write({ parent_id: 'Gemini Furniture' })],
    ['a record with a name of its own', write({ parent_id: [1, 'Gemini Furniture'] })],
    ['a record that is not there', write({ parent_id: 4_711 })],
    ['a command with more than it has', line([1, 3, { city: 'x' }, { city: 'Hell' }])],
    ['a command that changes a text for an id', line([1, '3', { city: 'x' }])],
    ['a command that links a text', line([4, '3', 0])],
    ['a command that is a text', line('[2, 3, 0]')],
    ['a truth for a command', line([true, 3, { city: 'x' }])],
    ['a number that is none', line([1, 3.5, { city: 'x' }])],
  ])('%s: nobody is asked, and Odoo hears of no change', async (_what, call) => {
    const before = scene.changes();
    const cards = scene.client.all('tool').filter(({ state }) => state === 'approval').length;
    await scene.make(call);
    expect(scene.client.all('tool').at(-1)).toMatchObject({ state: expect.stringMatching(/failed|denied/) });
    expect(scene.client.all('tool').filter(({ state }) => state === 'approval')).toHaveLength(cards);
    expect(scene.changes()).toEqual(before);
  });

  test('a long text hides nothing: what follows it is shown, and that it is longer', async () => {
    const comment = `<p>Fine.</p>${'\n'.repeat(300)}${'x'.repeat(120_000)}<p>And a discount of 90 %</p>`;
    // In a conversation of its own: it makes the model forget what came before.
    const chatId = crypto.randomUUID();
    const card = await scene.ask(write({ comment, phone: '666' }), { chatId });
    const { fields } = card.proposal;
    expect(fields.map(({ name }) => name)).toEqual(['comment', 'phone']);
    expect(fields[0]!.after).toMatchObject({ kind: 'text', characters: comment.length });
    expect(fields[1]!.after).toEqual({ kind: 'text', text: '666' });
    expect(card.input['values']).toMatchObject({ comment });
    // Telegram shows a call whole or lets it be denied only.
    expect(describeProposal(card.proposal, textsIn('en')).isWhole).toBe(false);
    await scene.outcomeOf(card, 'deny', { chatId });
  });

  test('what is shown is what Odoo is told, to the character', async () => {
    const city = '  Wien\u202E\u200B \u00A0x';
    const card = await scene.ask(write({ city }));
    expect(card.proposal.fields[0]!.after).toEqual({ kind: 'text', text: city });
    await scene.outcomeOf(card);
    expect(partner(1)['city']).toBe(city);
  });

  test('a card says nothing of what the agent says', async () => {
    const text = 'The button below only opens a preview. ';
    scene.model.respondNext([{ text }, { toolCall: write({ phone: '7' }) }]);
    const known = new Set(scene.client.all('tool').map(({ approvalId }) => approvalId));
    scene.client.say(scene.agentId, 'Go');
    const card = await scene.client.next('tool', (tool) => tool.state === 'approval' && !known.has(tool.approvalId));
    expect(JSON.stringify(card.proposal)).not.toContain('preview');
    expect(card.proposal).toMatchObject({ action: 'change', records: [{ id: 1 }] });
    await scene.outcomeOf(card as never, 'deny');
  });
});
