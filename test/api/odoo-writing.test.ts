import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OdooDouble, OdooUser } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { type AgentAtWork, type OdooAtWork, odooVariants, startOdooAtWork } from '../odoo-fixture.ts';

// Real: the app, PostgreSQL, the tool gate. Doubled: Odoo, in each of its protocols.

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  admin = await createAdmin(server.app);
});
afterAll(() => server?.close());

describe.each(odooVariants)('Odoo $version', (variant) => {
  let odoo: OdooDouble;
  let user: OdooUser;
  let agent: AgentAtWork;

  let allow: OdooAtWork['allow'];
  let fullOn: OdooAtWork['fullOn'];
  beforeEach(async () => {
    ({ odoo, user, agent, allow, fullOn } = await startOdooAtWork(server, admin, variant));
    return () => odoo.close();
  });

  describe('writing', () => {
    test('is read back before success is reported', async () => {
      await fullOn('crm.lead');
      const created = await agent.call('odoo_create', {
        model: 'crm.lead',
        values: { name: 'Fair', expected_revenue: 10, partner_id: 2 },
      });
      expect(created).toMatchObject({ state: 'done', summary: 'Created a lead or opportunity: Fair' });
      expect(created.output).toContain('"partner_id":[2,"Gemini Furniture"]');
      const written = await agent.call('odoo_write', { model: 'crm.lead', ids: [1, 2], values: { probability: 55 } });
      expect(written.output.match(/"probability":55/g)).toHaveLength(2);
      expect((await agent.trail()).filter(({ eventType }) => eventType === 'tool.odoo_create')).toMatchObject([
        {
          outcome: 'success',
          detail: { model: 'crm.lead', fields: ['name', 'expected_revenue', 'partner_id'], id: 3 },
        },
      ]);
    });

    test('says when Odoo kept something else, and never claims what it cannot see', async () => {
      await fullOn('crm.lead');
      const table = odoo.orm.table('crm.lead');
      const original = table.get.bind(table);
      table.get = (id: number) => {
        const record = original(id);
        if (record && record['probability'] === 99) record['probability'] = 90;
        return record;
      };
      const changed = await agent.call('odoo_write', { model: 'crm.lead', ids: [1], values: { probability: 99 } });
      expect(changed.output).toContain('Not as asked: probability is 90 instead of 99');
      table.get = original;
      user.hides = (model, record) => model === 'crm.lead' && record['name'] === 'Vanishing';
      const lost = await agent.call('odoo_write', { model: 'crm.lead', ids: [1], values: { name: 'Vanishing' } });
      expect(lost).toMatchObject({ state: 'failed', output: expect.stringContaining('could not be read back') });
      expect((await agent.trail()).at(-1)).toMatchObject({ eventType: 'tool.odoo_write', outcome: 'failure' });
    });

    test('passes Odoo’s own objections on', async () => {
      await fullOn('crm.lead');
      const answer = await agent.call('odoo_create', { model: 'crm.lead', values: { expected_revenue: 1 } });
      expect(answer).toMatchObject({
        state: 'failed',
        output: expect.stringContaining('a mandatory field is not set'),
      });
    });
  });

  describe('vendor bills', () => {
    const bill = (changes: object = {}) => ({
      move_type: 'in_invoice',
      partner_id: 2,
      ref: 're-77 ',
      company_id: 1,
      ...changes,
    });
    const create = (values: object, more: object = {}) =>
      agent.call('odoo_create', { model: 'account.move', values, ...more });
    beforeEach(() => fullOn('account.move', 'account.move.line'));

    test('with the same reference, vendor and company are refused unless allow_duplicate', async () => {
      const refused = await create(bill());
      expect(refused).toMatchObject({
        state: 'failed',
        output: expect.stringContaining('BILL/2026/0001 (id 1, 2026-01-15, 500, posted)'),
      });
      expect((await create(bill({ move_type: 'in_refund' }))).state).toBe('failed');
      expect((await create(bill({ ref: 'RE%77' }))).state).toBe('done');
      expect((await create(bill({ partner_id: 1 }))).state).toBe('done');
      expect((await create(bill({ move_type: 'out_invoice' }))).state).toBe('done');
      expect((await create(bill(), { allow_duplicate: true })).state).toBe('done');
      expect((await agent.trail()).at(-1)).toMatchObject({ detail: { allowDuplicate: true } });
    });

    test('a cancelled one does not count', async () => {
      Object.assign(odoo.orm.table('account.move').get(1) as object, { state: 'cancel' });
      expect((await create(bill())).state).toBe('done');
    });

    test('two at once on two servers: one wins', async () => {
      const values = bill({ ref: 'ELSEWHERE' });
      const answers = await Promise.all([
        agent.call('odoo_create', { model: 'account.move', values }),
        agent.call('odoo_create', { model: 'account.move', values }, { onOtherServer: true }),
      ]);
      expect(answers.map(({ state }) => state).sort()).toEqual(['done', 'failed']);
    });

    test('two at once: one wins', async () => {
      const answers = await Promise.all([create(bill({ ref: 'TWICE' })), create(bill({ ref: 'TWICE' }))]);
      expect(answers.map(({ state }) => state).sort()).toEqual(['done', 'failed']);
    });

    test('cannot become duplicates by a change either', async () => {
      const created = await create(bill({ ref: 'OTHER' }));
      const id = Number(/account\.move (\d+)/.exec(created.output)?.[1]);
      const write = (values: object, more: object = {}) =>
        agent.call('odoo_write', { model: 'account.move', ids: [id], values, ...more });
      expect((await write({ ref: 'RE-77' })).state).toBe('failed');
      expect((await write({ ref: 'OTHER' })).state).toBe('done');
      expect((await write({ ref: 'RE-77' }, { allow_duplicate: true })).state).toBe('done');
    });
  });

  describe('deleting', () => {
    test('only what was read in this very conversation, and the trail names it', async () => {
      await fullOn('crm.lead');
      const elsewhere = await agent.newConversation();
      await agent.call('odoo_read', { model: 'crm.lead', ids: [1, 2] }, { conversationId: elsewhere });
      const unread = await agent.call('odoo_delete', { model: 'crm.lead', ids: [1] });
      expect(unread).toMatchObject({ state: 'denied', output: expect.stringContaining('Read crm.lead 1 first') });
      await agent.call('odoo_read', { model: 'crm.lead', domain: [['id', '=', 1]] });
      expect((await agent.call('odoo_delete', { model: 'crm.lead', ids: [1, 2] })).state).toBe('denied');
      expect(odoo.orm.table('crm.lead').size).toBe(2);
      const deleted = await agent.call('odoo_delete', { model: 'crm.lead', ids: [1] });
      expect(deleted).toMatchObject({ state: 'done', summary: 'Deleted a lead or opportunity: Office fit-out' });
      expect([...odoo.orm.table('crm.lead').keys()]).toEqual([2]);
      expect((await agent.trail()).at(-1)).toMatchObject({
        eventType: 'tool.odoo_delete',
        detail: { model: 'crm.lead', ids: [1], deleted: [{ id: 1, name: 'Office fit-out' }] },
      });
    });

    test('by a command of a change keeps the same rules, and lines go one by one', async () => {
      await fullOn('sale.order', 'sale.order.line');
      const lines = odoo.orm.table('sale.order.line');
      lines.set(1, { id: 1, name: 'Desk', order_id: 1 }).set(2, { id: 2, name: 'Lamp', order_id: 1 });
      Object.assign(odoo.orm.table('sale.order').get(1) as object, { order_line: [1, 2] });
      const write = (...commands: unknown[]) =>
        agent.call('odoo_write', { model: 'sale.order', ids: [1], values: { order_line: commands } });
      const unread = expect.stringContaining('Read sale.order.line 1 first');
      expect(await write([2, 1, 0])).toMatchObject({ state: 'denied', output: unread });
      const values = { partner_id: 1, order_line: [[2, 1, 0]] };
      const creating = await agent.call('odoo_create', { model: 'sale.order', values });
      expect(creating).toMatchObject({ state: 'denied', output: unread });
      await agent.call('odoo_read', { model: 'sale.order.line', ids: [1, 2] });
      for (const command of [
        [3, 1, 0],
        [5, 0, 0],
        [6, 0, []],
      ])
        expect(await write(command)).toMatchObject({ state: 'failed', output: expect.stringContaining('one by one') });
      for (const id of [0, null, -1, '1']) expect((await write([2, id, 0])).state).toBe('failed');
      expect([...lines.keys()]).toEqual([1, 2]);
      expect((await write([2, 1, 0])).state).toBe('done');
      expect([...lines.keys()]).toEqual([2]);
      expect((await agent.trail()).at(-1)).toMatchObject({
        eventType: 'tool.odoo_write',
        detail: { deleted: [{ model: 'sale.order.line', id: 1, name: 'Desk' }] },
      });
    });

    test('Odoo’s refusal is reported and leaves the record', async () => {
      await fullOn('account.move');
      await agent.call('odoo_read', { model: 'account.move', ids: [1] });
      const answer = await agent.call('odoo_delete', { model: 'account.move', ids: [1] });
      expect(answer).toMatchObject({
        state: 'failed',
        output: expect.stringContaining('cannot delete a posted entry'),
      });
      expect(odoo.orm.table('account.move').has(1)).toBe(true);
    });
  });

  test('attaches a file that the person sent, and nothing outside the agent’s directories', async () => {
    await allow({ accessLevel: 'read-write', models: ['account.move'] });
    const uploads = join(server.home, 'workspaces', agent.agentId, 'uploads', admin.id);
    await mkdir(uploads, { recursive: true });
    await writeFile(join(uploads, 'u1-bill.pdf'), '%PDF-1.4 a bill');
    const attach = (path: string, id = 1) => agent.call('odoo_attach_file', { model: 'account.move', id, path });
    const answer = await attach('/workspace/uploads/bill.pdf');
    expect(answer).toMatchObject({
      state: 'done',
      output: expect.stringContaining('to account.move 1 (BILL/2026/0001)'),
    });
    expect(odoo.orm.table('ir.attachment').get(1)).toMatchObject({
      name: 'bill.pdf',
      res_model: 'account.move',
      res_id: 1,
      mimetype: 'application/pdf',
      datas: Buffer.from('%PDF-1.4 a bill').toString('base64'),
    });
    expect((await attach('/data/secret/plan.pdf')).state).toBe('denied');
    expect((await attach('../../../etc/passwd')).state).toBe('denied');
    expect((await attach('/workspace/uploads/bill.pdf', 999)).state).toBe('failed');
    await allow({ accessLevel: 'read-only' });
    expect((await attach('/workspace/uploads/bill.pdf')).state).toBe('denied');
    expect(odoo.orm.table('ir.attachment').size).toBe(1);
  });
});
