import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { odooKey, type OdooDouble, type OdooUser } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { type AgentAtWork, connectOdoo, type OdooAtWork, odooVariants, startOdooAtWork } from '../odoo-fixture.ts';

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
  let connectionId: string;

  let allow: OdooAtWork['allow'];
  let fullOn: OdooAtWork['fullOn'];
  beforeEach(async () => {
    ({ odoo, user, agent, connectionId, allow, fullOn } = await startOdooAtWork(server, admin, variant));
    return () => odoo.close();
  });

  describe('permissions', () => {
    test('nothing is enabled until an admin enables it', async () => {
      const answer = await agent.call('odoo_read', { model: 'sale.order' });
      expect(answer).toMatchObject({
        state: 'denied',
        output: expect.stringContaining('No Odoo connection is enabled'),
      });
      expect((await agent.call('odoo_list_models', {})).state).toBe('failed');
      expect(await agent.trail()).toMatchObject([
        { eventType: 'tool.denied', detail: { tool: 'odoo_read', model: 'sale.order' } },
        {},
      ]);
    });

    test.each([
      ['read-only', ['done', 'denied', 'denied', 'denied']],
      ['read-write', ['done', 'done', 'done', 'denied']],
      ['full', ['done', 'done', 'done', 'done']],
    ])('%s lets exactly its operations through', async (accessLevel, expected) => {
      await allow({ accessLevel, models: ['crm.lead'] });
      const states = [
        await agent.call('odoo_read', { model: 'crm.lead', ids: [1] }),
        await agent.call('odoo_create', { model: 'crm.lead', values: { name: 'New' } }),
        await agent.call('odoo_write', { model: 'crm.lead', ids: [1], values: { name: 'Changed' } }),
        await agent.call('odoo_delete', { model: 'crm.lead', ids: [1] }),
      ].map(({ state }) => state);
      expect(states).toEqual(expected);
      expect((await agent.call('odoo_read', { model: 'hr.employee' })).state).toBe('denied');
    });

    test('are asked at each call: revoked, disabled, pruned and deleted count at once', async () => {
      const read = async () => (await agent.call('odoo_read', { model: 'crm.lead' })).state;
      await fullOn('crm.lead');
      expect(await read()).toBe('done');
      await allow({ models: [] });
      expect(await read()).toBe('denied');
      await fullOn('crm.lead');
      await allow({ enabled: false });
      expect(await read()).toBe('denied');
      await allow({ enabled: true });
      expect(await read()).toBe('done');
      await admin.request('DELETE', `/api/integrations/${connectionId}`);
      const before = odoo.requests.length;
      expect(await read()).toBe('denied');
      expect(odoo.requests.length).toBe(before);
    });

    test('reach through lines, domains and paths into other models', async () => {
      await fullOn('sale.order');
      const line = { name: 'Desk', product_id: 1 };
      const denied = [
        await agent.call('odoo_create', { model: 'sale.order', values: { partner_id: 1, order_line: [[0, 0, line]] } }),
        await agent.call('odoo_write', {
          model: 'sale.order',
          ids: [1],
          values: { order_line: [[1, 1, { name: 'x' }]] },
        }),
        await agent.call('odoo_write', { model: 'sale.order', ids: [1], values: { order_line: [[2, 1, 0]] } }),
        await agent.call('odoo_read', { model: 'sale.order', domain: [['partner_id.email', 'like', 'a']] }),
        await agent.call('odoo_count', {
          model: 'sale.order',
          domain: ['!', ['order_line.product_id.name', '=', 'Desk']],
        }),
      ];
      expect(denied.map(({ state }) => state)).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
      expect(odoo.orm.table('sale.order').size).toBe(3);
      await fullOn('sale.order', 'sale.order.line', 'res.partner');
      const created = await agent.call('odoo_create', {
        model: 'sale.order',
        values: { partner_id: 1, order_line: [[0, 0, line]] },
      });
      expect(created.state).toBe('done');
      expect(
        (await agent.call('odoo_count', { model: 'sale.order', domain: [['partner_id.email', 'like', 'gemini']] }))
          .output,
      ).toMatch(/^1 /);
    });

    test('a smuggled command, id or operator is refused before Odoo hears of it', async () => {
      await fullOn('sale.order', 'sale.order.line');
      const calls = [
        { partner_id: { name: 'New partner' } },
        { partner_id: 1, order_line: { 0: 'x' } },
        { partner_id: 1, order_line: [{ name: 'x' }] },
        { partner_id: 1, order_line: [[9, 0, 0]] },
        { partner_id: 1, state: 'sale', amount_total: 5 },
        { partner_id: 1, no_such_field: 1 },
      ];
      for (const values of calls)
        expect((await agent.call('odoo_create', { model: 'sale.order', values })).state).toBe('failed');
      const search = (domain: unknown) => agent.call('odoo_read', { model: 'sale.order', domain });
      expect((await search([['id', 'inselect', ['select 1', []]]])).state).toBe('failed');
      expect((await search(['|', ['id', '=', 1]])).output).toMatch(/incomplete/);
      expect((await search([['nope', '=', 1]])).output).toMatch(/no field nope/);
      expect((await agent.call('odoo_read', { model: 'sale.order', order: 'id; drop table' })).state).toBe('failed');
      expect((await agent.call('odoo_read', { model: 'sale.order/../res.users' })).state).toBe('failed');
      expect(odoo.orm.table('sale.order').size).toBe(3);
    });
  });

  describe('reading', () => {
    test('lists and describes what is allowed', async () => {
      await fullOn('crm.lead');
      const list = await agent.call('odoo_list_models', {});
      expect(list.output).toContain('crm.lead (Lead/Opportunity): read, create, write, delete');
      expect(list.output).not.toContain('sale.order');
      const fields = await agent.call('odoo_describe_model', { model: 'crm.lead' });
      expect(fields.output).toContain('- partner_id (many2one → res.partner) Customer.');
      expect(fields.output).toContain('Values: new, qualified, won, lost.');
      expect((await agent.call('odoo_describe_model', { model: 'crm.lead', search: 'revenue' })).output).toContain(
        'fields 1-1 of 1',
      );
    });

    test('pages explicitly, with the total', async () => {
      await fullOn('res.partner');
      for (let index = 0; index < 150; index++)
        odoo.orm.table('res.partner').set(100 + index, { id: 100 + index, name: `Partner ${index}` });
      const first = await agent.call('odoo_read', { model: 'res.partner', fields: ['name'], order: 'id' });
      expect(first.output).toContain('records 1-20 of 153');
      expect(first.output).toContain('go on with offset=20');
      const last = await agent.call('odoo_read', {
        model: 'res.partner',
        fields: ['name'],
        order: 'id',
        offset: 140,
        limit: 100,
      });
      expect(last.output).toContain('records 141-153 of 153');
      expect(last.output).not.toContain('go on');
      expect((await agent.call('odoo_read', { model: 'res.partner', limit: 101 })).state).toBe('failed');
    });

    test('bounds what one record can bring: long texts are cut, files are not read', async () => {
      await fullOn('res.partner');
      Object.assign(odoo.orm.table('res.partner').get(1) as object, { comment: `<p>${'word '.repeat(5_000)}</p>` });
      const answer = await agent.call('odoo_read', {
        model: 'res.partner',
        ids: [1],
        fields: ['comment', 'image_1920', 'email'],
      });
      expect(answer.output.length).toBeLessThan(2_500);
      expect(answer.output).toMatch(/\[cut, \d+ characters\]/);
      expect(answer.output).toContain('[file, ');
      expect(answer.output).not.toContain('aW1hZ2U=');
    });

    test('nothing found, access denied and a record that is gone are three different answers', async () => {
      await fullOn('crm.lead');
      const nothing = await agent.call('odoo_read', { model: 'crm.lead', domain: [['name', '=', 'no such']] });
      expect(nothing).toMatchObject({ state: 'done', output: expect.stringContaining('nothing found') });
      const gone = await agent.call('odoo_read', { model: 'crm.lead', ids: [1, 999] });
      expect(gone.output).toContain('Record 999 does not exist.');
      user.hides = (model, record) => model === 'crm.lead' && record.id === 2;
      const hidden = await agent.call('odoo_read', { model: 'crm.lead', ids: [1, 2] });
      expect(hidden.output).toContain('Record 2: access denied by Odoo.');
      user.denied = { 'crm.lead': ['read'] };
      const denied = await agent.call('odoo_read', { model: 'crm.lead' });
      expect(denied).toMatchObject({ state: 'failed', output: expect.stringContaining('Access denied by Odoo') });
      expect(denied.output).not.toContain('Traceback');
      user.apiKey = 'rotated';
      expect((await agent.call('odoo_read', { model: 'crm.lead' })).output).toContain(
        'An admin can renew the connection',
      );
    });

    test('counts and aggregates in Odoo', async () => {
      await fullOn('sale.order');
      expect(
        (await agent.call('odoo_count', { model: 'sale.order', domain: [['state', '=', 'sale']] })).output,
      ).toMatch(/^2 sale.order records/);
      const answer = await agent.call('odoo_aggregate', {
        model: 'sale.order',
        measures: ['amount_total:sum', 'amount_total:max'],
        groupBy: ['partner_id'],
        order: 'amount_total:sum desc',
      });
      const rows = answer.output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line));
      expect(rows).toEqual([
        { partner_id: [1, 'Deco Addict'], 'amount_total:sum': 1299, 'amount_total:max': 1200, __count: 2 },
        { partner_id: [2, 'Gemini Furniture'], 'amount_total:sum': 800.5, 'amount_total:max': 800.5, __count: 1 },
      ]);
      const months = await agent.call('odoo_aggregate', {
        model: 'sale.order',
        groupBy: ['date_order:month'],
        limit: 1,
      });
      expect(months.output).toContain('go on with offset=1');
      expect((await agent.call('odoo_aggregate', { model: 'sale.order', measures: ['amount_total:drop'] })).state).toBe(
        'failed',
      );
    });
  });

  describe('several companies', () => {
    beforeEach(async () => {
      await odoo.close();
      const companies = ['North GmbH', 'South GmbH'];
      ({ odoo, user, agent, fullOn } = await startOdooAtWork(server, admin, { ...variant, companies }));
    });

    test('are named in records and figures', async () => {
      await fullOn('crm.lead');
      const read = await agent.call('odoo_read', { model: 'crm.lead', fields: ['name'] });
      expect(read.output).toContain('"company_id":[2,"South GmbH"]');
      expect(read.output).toContain('North GmbH (1), South GmbH (2)');
      expect((await agent.call('odoo_count', { model: 'crm.lead' })).output).toContain('This covers several companies');
      const one = await agent.call('odoo_count', { model: 'crm.lead', domain: [['company_id', '=', 1]] });
      expect(one.output).not.toContain('several companies');
    });

    test('a new record must say whose it is, and Odoo takes that company’s defaults', async () => {
      await fullOn('crm.lead');
      const without = await agent.call('odoo_create', { model: 'crm.lead', values: { name: 'New' } });
      expect(without).toMatchObject({ state: 'failed', output: expect.stringContaining('South GmbH (2)') });
      const created = await agent.call('odoo_create', { model: 'crm.lead', values: { name: 'New', company_id: 2 } });
      expect(created.output).toContain('"company_id":[2,"South GmbH"]');
      expect(odoo.requests.findLast(({ call }) => call === 'crm.lead.create')?.body).toMatch(
        /allowed_company_ids\D{1,60}2\D/,
      );
    });
  });

  test('of several connections the one to use is named', async () => {
    await fullOn('crm.lead');
    const second = await connectOdoo(admin, odoo, 'Second Odoo');
    const grant = { connectionId: second, enabled: true, accessLevel: 'read-only', models: ['crm.lead'] };
    await admin.request('PATCH', `/api/agents/${agent.agentId}/integrations`, grant);
    const read = (connection?: string) =>
      agent.call('odoo_read', { model: 'crm.lead', ...(connection && { connection }) });
    expect((await read()).output).toContain('Name the connection');
    expect((await read('second odoo')).output).toContain('crm.lead in Second Odoo');
    expect((await read(connectionId)).output).toContain('crm.lead in Production Odoo');
    expect((await read('Third')).state).toBe('denied');
  });

  test('keys are in no result and no trail', async () => {
    await fullOn('crm.lead');
    const outputs = [await agent.call('odoo_read', { model: 'crm.lead' }), await agent.call('odoo_list_models', {})];
    expect(JSON.stringify([outputs, await agent.trail()])).not.toContain(odooKey);
  });
});
