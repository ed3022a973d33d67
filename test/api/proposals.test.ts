import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Proposal } from '../../contract/proposals.ts';
import { defaultUser, type OdooUser } from '../../testkit/odoo-double/odoo-double.ts';
import { createOdooApprovals, type OdooApprovals } from '../odoo-approvals.ts';
import { describeProposal } from '../../server/channels/telegram/proposal-text.ts';
import { textsIn } from '../../server/channels/telegram/texts-in.ts';

// What a person is shown of a call that waits: in the words of the business, as Odoo has it when the call is asked for.

describe.each(['17.0', '19.0'])('Odoo %s', (version) => {
  const user: OdooUser = { ...defaultUser, denied: {} };
  let scene: OdooApprovals;
  beforeAll(async () => {
    scene = await createOdooApprovals({ version, user });
  });
  afterAll(() => scene?.close());

  const field = ({ fields }: Proposal, name: string) => fields.find((candidate) => candidate.name === name)!;
  const records = (...named: [number, string][]) => ({
    kind: 'records',
    records: named.map(([id, name]) => ({ id, name })),
    count: named.length,
  });

  test('a contact that is created: the connection, each field by its label in every language, related records by name', async () => {
    const values = { name: 'Initech', parent_id: 1, is_company: true, phone: '+43 1 23' };
    const card = await scene.ask({ name: 'odoo_create', input: { model: 'res.partner', values } });
    const { proposal, input } = card;
    expect(proposal).toMatchObject({
      action: 'create',
      connection: { id: scene.connectionId, name: 'Production Odoo', host: new URL(scene.odoo.url).host },
      model: { name: 'res.partner' },
      destroys: false,
    });
    expect(field(proposal, 'phone')).toEqual({
      name: 'phone',
      labels: { own: 'Phone', en: 'Phone', de: 'Telefon' },
      after: { kind: 'text', text: '+43 1 23' },
    });
    expect(field(proposal, 'parent_id').after).toEqual(records([1, 'Deco Addict']));
    expect(field(proposal, 'is_company').after).toEqual({ kind: 'boolean', value: true });
    expect(input).toEqual({ model: 'res.partner', values });
    expect(describeProposal(proposal, textsIn('en'))).toEqual({
      headline: `Create a contact in Production Odoo (${new URL(scene.odoo.url).host})`,
      lines: ['Name: “Initech”', 'Related Company: “Deco Addict” (#1)', 'Is a Company: yes', 'Phone: “+43 1 23”'],
      isWhole: true,
    });
    await scene.outcomeOf(card, 'deny');
  });

  test('a change says what it changes from, for each record where they differ', async () => {
    const values = { city: 'Linz', parent_id: 2, email: false };
    const card = await scene.ask({ name: 'odoo_write', input: { model: 'res.partner', ids: [1, 2], values } });
    const { proposal } = card;
    expect(proposal.records).toEqual([
      { id: 1, name: 'Deco Addict' },
      { id: 2, name: 'Gemini Furniture' },
    ]);
    expect(field(proposal, 'city')).toMatchObject({
      before: [
        { kind: 'text', text: 'Vienna' },
        { kind: 'text', text: 'Graz' },
      ],
      after: { kind: 'text', text: 'Linz' },
    });
    expect(field(proposal, 'parent_id')).toMatchObject({
      before: [{ kind: 'empty' }],
      after: records([2, 'Gemini Furniture']),
    });
    expect(field(proposal, 'email').after).toEqual({ kind: 'empty' });
    expect(await scene.outcomeOf(card)).toContain('Changed 2 res.partner records');
    expect(scene.odoo.orm.table('res.partner').get(2)).toMatchObject({ city: 'Linz', email: false });
  });

  test('lines are named one by one, with what changes in them', async () => {
    await scene.make({ name: 'odoo_read', input: { model: 'sale.order.line', ids: [1, 2] } });
    const order_line = [
      [0, 0, { name: 'Chairs', product_uom_qty: 4 }],
      [1, 1, { product_uom_qty: 7 }],
      [2, 2, 0],
    ];
    const before = scene.odoo.orm.table('sale.order.line').get(1)!['product_uom_qty'];
    const input = { model: 'sale.order', ids: [1], values: { order_line } };
    const card = await scene.ask({ name: 'odoo_write', input });
    const { proposal } = card;
    const { after } = field(proposal, 'order_line');
    expect(after).toMatchObject({ kind: 'lines' });
    const lines = after.kind === 'lines' ? after.lines : [];
    expect(lines.map(({ change }) => change)).toEqual(['add', 'change', 'delete']);
    expect(lines[1]).toMatchObject({
      records: [{ id: 1 }],
      fields: [
        {
          name: 'product_uom_qty',
          labels: { de: 'Menge' },
          before: [{ kind: 'number', number: before }],
          after: { kind: 'number', number: 7 },
        },
      ],
    });
    expect(lines[2]!.records[0]).toMatchObject({ id: 2 });
    expect(proposal.destroys).toBe(true);
    await scene.outcomeOf(card, 'deny');
  });

  test('what the agent may not read of a record, nobody is shown through it', async () => {
    const grant = {
      connectionId: scene.connectionId,
      enabled: true,
      accessLevel: 'custom',
      permissions: [{ model: 'res.partner', operation: 'write' }],
    };
    const path = `/api/agents/${scene.agentId}/integrations`;
    expect((await scene.admin.request('PATCH', path, grant)).status).toBe(200);
    const input = { model: 'res.partner', ids: [3], values: { city: 'Wels' } };
    const card = await scene.ask({ name: 'odoo_write', input });
    expect(field(card.proposal, 'city')).not.toHaveProperty('before');
    // It is looked at all the same, so that nothing else is overwritten than what was there.
    scene.odoo.orm.table('res.partner').get(3)!['city'] = 'Changed meanwhile';
    expect(await scene.outcomeOf(card)).toMatch(/changed since it was asked for/);
    const models = ['res.partner', 'crm.lead', 'sale.order', 'sale.order.line', 'account.move', 'product.product'];
    const { connectionId } = scene;
    await scene.admin.request('PATCH', path, { connectionId, enabled: true, accessLevel: 'full', models });
  });

  test('a deletion, a business action and a message in words; after the decision history still has them', async () => {
    await scene.make({ name: 'odoo_read', input: { model: 'crm.lead', ids: [1] } });
    const deletion = await scene.ask({ name: 'odoo_delete', input: { model: 'crm.lead', ids: [1] } });
    expect(deletion.proposal).toMatchObject({
      action: 'delete',
      destroys: true,
      records: [{ id: 1, name: 'Office fit-out' }],
    });
    await scene.outcomeOf(deletion, 'deny');

    const confirming = await scene.ask({ name: 'odoo_confirm_quotation', input: { id: 3 } });
    expect(confirming.proposal).toMatchObject({ action: 'confirm_quotation', records: [{ id: 3, name: 'S00003' }] });
    expect(confirming.proposal.about).toContainEqual(
      expect.objectContaining({
        name: 'partner_id',
        labels: expect.objectContaining({ de: 'Kunde' }),
        after: records([1, 'Deco Addict']),
      }),
    );
    expect(await scene.outcomeOf(confirming)).toContain('Confirmed.');

    const body = 'Hello,\nthe desk comes on Monday.';
    const sending = await scene.ask({
      name: 'odoo_send_message',
      input: { model: 'sale.order', id: 3, body, audience: 'note' },
    });
    expect(sending.proposal).toMatchObject({
      action: 'write_note',
      fields: [{ name: 'body', after: { kind: 'text', text: body } }],
    });
    await scene.outcomeOf(sending, 'deny');

    const { messages } = await scene.client.history(scene.agentId);
    const calls = messages.flatMap(({ toolCalls = [] }) => toolCalls);
    expect(calls.find(({ name }) => name === 'odoo_confirm_quotation')).toMatchObject({
      state: 'done',
      proposal: { action: 'confirm_quotation', records: [{ id: 3, name: 'S00003' }] },
    });
    expect(calls.find(({ name }) => name === 'odoo_delete')).toMatchObject({
      state: 'denied',
      proposal: { action: 'delete' },
    });
  });

  test('an Odoo that does not say its languages is no reason not to ask', async () => {
    user.denied = { 'res.lang': ['read'] };
    const input = { model: 'res.partner', values: { name: 'Hooli', phone: '1' } };
    const card = await scene.ask({ name: 'odoo_create', input });
    expect(field(card.proposal, 'phone').labels).toEqual({ own: 'Phone' });
    user.denied = {};
    await scene.outcomeOf(card, 'deny');
  });
});
