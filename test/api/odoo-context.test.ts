import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { type OdooAtWork, startOdooAtWork } from '../odoo-fixture.ts';

// Every call carries the context of the Odoo user, as Odoo's own client does. Real: the app, PostgreSQL, the tool gate.

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  admin = await createAdmin(server.app);
});
afterAll(() => server?.close());

const variants = [
  { version: '16.0', onlyXmlRpc: true },
  { version: '17.0', onlyXmlRpc: false },
  { version: '18.0', onlyXmlRpc: false },
  { version: '19.0', onlyXmlRpc: false },
];

async function within(options: Parameters<typeof startOdooAtWork>[2], work: (at: OdooAtWork) => Promise<void>) {
  const at = await startOdooAtWork(server, admin, options);
  try {
    await work(at);
  } finally {
    await at.odoo.close();
  }
}

/** The calls of models since the last question, with the context that each carried. */
function contextsOf({ requests }: OdooDouble) {
  return requests.flatMap(({ call, path, body }) => {
    // Who the user is is asked before there is a context.
    if (!call || /^(common|db|res\.users)\./.test(call)) return [];
    if (path.startsWith('/xmlrpc')) return [{ call, context: body.includes('<name>lang</name>') ? body : undefined }];
    const sent = JSON.parse(body) as { context?: unknown; params?: { args: [...unknown[], { context?: unknown }] } };
    return [
      {
        call,
        context: sent.params
          ? sent.params.args.at(-1) && (sent.params.args.at(-1) as { context?: unknown }).context
          : sent.context,
      },
    ];
  });
}

describe.each(variants)('Odoo $version', (variant) => {
  const german = { ...variant, user: { lang: 'de_DE', tz: 'Europe/Vienna' } };

  test('reads, finds and writes in the language of its user', () =>
    within(german, async ({ odoo, agent, fullOn }) => {
      await fullOn('product.product');
      odoo.orm.table('product.product').get(2)!['name'] = { en_US: 'Chair', de_DE: 'Sessel Komfort' };
      const read = await agent.call('odoo_read', { model: 'product.product', ids: [2], fields: ['name'] });
      expect(read.output).toContain('"name":"Sessel Komfort"');
      const found = await agent.call('odoo_count', { model: 'product.product', domain: [['name', 'ilike', 'sessel']] });
      expect(found.output).toMatch(/^1 /);
      const written = await agent.call('odoo_write', {
        model: 'product.product',
        ids: [2],
        values: { name: 'Sessel Luxus' },
      });
      expect(written.output).toContain('"name":"Sessel Luxus"');
      expect(written.output).not.toContain('Not as asked');
      expect(odoo.orm.table('product.product').get(2)!['name']).toEqual({ en_US: 'Chair', de_DE: 'Sessel Luxus' });
      const created = await agent.call('odoo_create', { model: 'product.product', values: { name: 'Hocker' } });
      expect(created.output).toContain('"name":"Hocker"');
    }));

  test('groups by the months of its user, and says which', () =>
    within(german, async ({ odoo, agent, fullOn }) => {
      await fullOn('sale.order');
      // Already February in Vienna.
      odoo.orm.table('sale.order').get(1)!['date_order'] = '2026-01-31 23:30:00';
      const grouped = await agent.call('odoo_aggregate', {
        model: 'sale.order',
        measures: ['amount_total:sum'],
        groupBy: ['date_order:month'],
      });
      expect(grouped.output).toContain('Februar 2026');
      expect(grouped.output).not.toContain('Jan');
      expect(grouped.output).toContain('The months are those of the time zone Europe/Vienna.');
      const read = await agent.call('odoo_read', { model: 'sale.order', fields: ['date_order'] });
      expect(read.output).toContain('Times are in UTC; the time zone of Odoo’s user is Europe/Vienna.');
    }));

  test('carries language, time zone, user and companies in every call of a model', () =>
    within({ ...german, companies: ['Alpha', 'Beta'] }, async ({ odoo, agent, fullOn }) => {
      await fullOn('crm.lead');
      odoo.requests.length = 0;
      await agent.call('odoo_read', { model: 'crm.lead' });
      await agent.call('odoo_create', { model: 'crm.lead', values: { name: 'Fair', company_id: 2 } });
      await agent.call('odoo_write', { model: 'crm.lead', ids: [1], values: { name: 'Other' } });
      const made = contextsOf(odoo);
      expect(made.map(({ call }) => call)).toEqual(
        expect.arrayContaining(['crm.lead.search_read', 'crm.lead.create', 'crm.lead.write', 'crm.lead.read']),
      );
      for (const { call, context } of made) {
        if (variant.onlyXmlRpc) expect(context, call).toMatch(/de_DE[^]*Europe\/Vienna[^]*allowed_company_ids/);
        else {
          const companies = call === 'crm.lead.create' ? [2] : [1, 2];
          expect(context, call).toMatchObject({
            lang: 'de_DE',
            tz: 'Europe/Vienna',
            uid: 7,
            allowed_company_ids: companies,
          });
        }
      }
    }));
});

test('a user without language and time zone is asked for in none, and months are those of UTC', () =>
  within({ version: '18.0', user: { lang: false, tz: false } }, async ({ agent, fullOn }) => {
    await fullOn('sale.order');
    const grouped = await agent.call('odoo_aggregate', { model: 'sale.order', groupBy: ['date_order:month'] });
    expect(grouped.output).toContain('The months are those of the time zone UTC');
  }));

describe.each(['17.0', '19.0'])('companies in Odoo %s', (version) => {
  const two = { version, companies: ['Alpha', 'Beta'] };

  test('a contact may belong to all of them, said or not; what belongs to one has to name it', () =>
    within(two, async ({ odoo, agent, fullOn }) => {
      await fullOn('res.partner', 'crm.lead', 'sale.order');
      const said = await agent.call('odoo_create', {
        model: 'res.partner',
        values: { name: 'Ada', company_id: false },
      });
      expect(said).toMatchObject({ state: 'done', summary: 'Created a contact: Ada' });
      expect(said.output).not.toContain('Not as asked');
      const unsaid = await agent.call('odoo_create', { model: 'res.partner', values: { name: 'Bo' } });
      expect(unsaid.state).toBe('done');
      expect(odoo.orm.table('res.partner').get(5)!['company_id'] ?? false).toBe(false);
      const missing = await agent.call('odoo_create', { model: 'crm.lead', values: { name: 'Fair' } });
      expect(missing).toMatchObject({
        state: 'failed',
        summary: expect.stringMatching(/Alpha \(1\), Beta \(2\).*or false/),
      });
      const required = await agent.call('odoo_create', {
        model: 'sale.order',
        values: { partner_id: 1, company_id: false },
      });
      expect(required).toMatchObject({ state: 'failed', summary: expect.stringMatching(/Alpha \(1\), Beta \(2\)/) });
    }));

  test('what would be refused anyway is refused before anybody is asked', () =>
    within(two, async ({ agent, fullOn }) => {
      await fullOn('crm.lead', 'account.move', 'res.partner');
      const bill = { move_type: 'in_invoice', ref: 're-77', partner_id: 2, company_id: 1 };
      const refused = [
        ['odoo_create', { model: 'crm.lead', values: { name: 'Fair' } }, /several companies/],
        [
          'odoo_create',
          { model: 'crm.lead', values: { name: 'Fair', company_id: 1, partner_id: 'Deco Addict' } },
          /takes the id/,
        ],
        ['odoo_create', { model: 'account.move', values: bill }, /there already/],
        ['odoo_write', { model: 'account.move', ids: [2], values: bill }, /there already/],
        ['odoo_write', { model: 'crm.lead', ids: [1], values: { no_such_field: 1 } }, /no field/],
        ['odoo_delete', { model: 'crm.lead', ids: [1] }, /read in this conversation/],
      ] as const;
      for (const [tool, input, reason] of refused) {
        const outcome = await agent.ask(tool, input);
        expect(outcome.state, tool).not.toBe('approval');
        expect((outcome as { summary: string }).summary).toMatch(reason);
      }
      const events = (await agent.trail()).map(({ eventType }) => eventType);
      expect(events).not.toContain('approval.requested');
      const waiting = await agent.ask('odoo_write', { model: 'crm.lead', ids: [1, 2], values: { probability: 50 } });
      expect(waiting).toMatchObject({
        state: 'approval',
        summary:
          'Changes probability of Lead/Opportunity (crm.lead) in Production Odoo: Office fit-out, Chairs for the canteen.',
      });
      const another = await agent.ask('odoo_create', { model: 'res.partner', values: { name: 'Ada' } });
      expect(another).toMatchObject({ summary: 'Creates one Contact (res.partner) “Ada” in Production Odoo.' });
    }));
});

describe.each(['17.0', '19.0'])('archived records in Odoo %s', (version) => {
  test('are read by their ids, and told of where a search finds nothing', () =>
    within({ version }, async ({ odoo, agent, fullOn }) => {
      await fullOn('res.partner');
      odoo.orm.table('res.partner').get(2)!['active'] = false;
      const byId = await agent.call('odoo_read', { model: 'res.partner', ids: [1, 2], fields: ['name'] });
      expect(byId.output).toContain('Gemini Furniture');
      expect(byId.output).toContain('Archived: 2.');
      const domain = [['name', 'ilike', 'gemini']];
      for (const tool of ['odoo_read', 'odoo_count']) {
        const found = await agent.call(tool, { model: 'res.partner', domain });
        expect(found.output).toContain('1 archived res.partner records match.');
      }
      const asked = await agent.call('odoo_read', {
        model: 'res.partner',
        domain: [...domain, ['active', '=', false]],
      });
      expect(asked.output).toContain('Gemini Furniture');
      const archived = await agent.call('odoo_write', { model: 'res.partner', ids: [1], values: { active: false } });
      expect(archived.state).toBe('done');
    }));

  test('a record rule is told from a right that is missing', () =>
    within(
      { version, user: { hides: (model, { id }) => model === 'res.partner' && id === 2 } },
      async ({ user, agent, fullOn }) => {
        await fullOn('res.partner');
        const hidden = await agent.call('odoo_write', { model: 'res.partner', ids: [2], values: { city: 'Linz' } });
        expect(hidden).toMatchObject({ state: 'failed', summary: expect.stringMatching(/record rule/) });
        user.denied = { 'res.partner': ['write'] };
        const denied = await agent.call('odoo_write', { model: 'res.partner', ids: [1], values: { city: 'Linz' } });
        expect(denied).toMatchObject({ state: 'failed', summary: expect.stringMatching(/No group currently allows/) });
        expect((denied as { summary: string }).summary).not.toMatch(/record rule/);
      },
    ));
});
