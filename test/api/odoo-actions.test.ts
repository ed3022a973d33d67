import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OdooDouble, OdooUser } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { type AgentAtWork, type OdooAtWork, startOdooAtWork } from '../odoo-fixture.ts';

// Business actions: described before they are approved, done by the object's own methods, read back before success is said.

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  admin = await createAdmin(server.app);
});
afterAll(() => server?.close());

const variants = [
  { version: '17.0', onlyXmlRpc: true },
  { version: '18.0', onlyXmlRpc: false },
  { version: '19.0', onlyXmlRpc: false },
];

describe.each(variants)('Odoo $version (XML-RPC: $onlyXmlRpc)', (variant) => {
  let odoo: OdooDouble;
  let user: OdooUser;
  let agent: AgentAtWork;
  let fullOn: OdooAtWork['fullOn'];
  beforeEach(async () => {
    ({ odoo, user, agent, fullOn } = await startOdooAtWork(server, admin, variant));
    await fullOn('sale.order', 'stock.picking', 'account.move', 'account.payment', 'mail.activity', 'res.partner');
    return () => odoo.close();
  });

  const record = (model: string, id: number) => odoo.orm.table(model).get(id)!;
  /** What a person would be asked, and then what came of it. */
  async function doAfterAsking(tool: string, input: object) {
    const asked = await agent.ask(tool, input);
    expect(asked.state, JSON.stringify(asked)).toBe('approval');
    return { words: (asked as { summary?: string }).summary, outcome: await agent.call(tool, input) };
  }
  const lastOf = async (tool: string) =>
    (await agent.trail()).findLast(({ eventType }) => eventType === `tool.${tool}`)!;
  const calls = () => odoo.requests.map(({ call }) => call);

  test('confirms a quotation', async () => {
    const { words, outcome } = await doAfterAsking('odoo_confirm_quotation', { id: 3 });
    expect(words).toBe(
      'Confirms the quotation S00003 for Deco Addict over 99.00 EUR: it becomes a sales order. (Production Odoo)',
    );
    expect(outcome).toMatchObject({ state: 'done', summary: 'Confirmed S00003' });
    expect(record('sale.order', 3)['state']).toBe('sale');
    expect(calls()).toContain('sale.order.action_confirm');
    expect(calls()).not.toContain('sale.order.write');
    expect(await lastOf('odoo_confirm_quotation')).toMatchObject({
      outcome: 'success',
      detail: { record: { model: 'sale.order', id: 3, name: 'S00003' } },
    });
    for (const asking of [agent.ask, agent.call]) {
      expect(await asking('odoo_confirm_quotation', { id: 3 })).toMatchObject({
        state: 'failed',
        summary: 'S00003 is confirmed already.',
      });
    }
  });

  test('says so when Odoo accepted the call and did nothing, and when it asks something', async () => {
    const order = record('sale.order', 3);
    Object.defineProperty(order, 'state', { get: () => 'draft', set: () => {}, enumerable: true });
    const outcome = await agent.call('odoo_confirm_quotation', { id: 3 });
    expect(outcome).toMatchObject({
      state: 'failed',
      summary: expect.stringMatching(/S00003 does not show it.*do not repeat/),
    });
  });

  test('validates a delivery, with the goods in words; of an incomplete one it asks what becomes of the rest', async () => {
    const whole = await doAfterAsking('odoo_validate_delivery', { id: 1 });
    expect(whole.words).toBe(
      'Validates the delivery WH/OUT/00001 (Deco Addict): 4 × Desk. This cannot be undone. (Production Odoo)',
    );
    expect(whole.outcome).toMatchObject({ state: 'done', summary: 'Validated WH/OUT/00001' });
    expect(record('stock.picking', 1)['state']).toBe('done');
    const partial = await agent.ask('odoo_validate_delivery', { id: 2 });
    expect(partial).toMatchObject({ state: 'failed', summary: expect.stringMatching(/3 of 4 × Desk.*remaining/) });
    const { words, outcome } = await doAfterAsking('odoo_validate_delivery', { id: 2, remaining: 'backorder' });
    expect(words).toContain('3 of 4 × Desk, 2 × Chair. The rest comes in a backorder.');
    expect(outcome.state).toBe('done');
    expect([...odoo.orm.table('stock.picking').values()].filter((row) => row['backorder_id'] === 2)).toHaveLength(1);
  });

  test('posts a bill, never without what it needs, and never twice', async () => {
    const bill = {
      move_type: 'in_invoice',
      ref: 'RE-78',
      partner_id: 2,
      company_id: 1,
      invoice_line_ids: [[0, 0, { name: 'Paper' }]],
    };
    await fullOn('account.move', 'account.move.line');
    await agent.call('odoo_create', { model: 'account.move', values: bill });
    Object.assign(record('account.move', 3), { amount_total: 40, currency_id: 1 });
    expect(await agent.ask('odoo_post_bill', { id: 3 })).toMatchObject({
      state: 'failed',
      summary: 'BILL/3 cannot be posted: it lacks its date (invoice_date).',
    });
    record('account.move', 3)['invoice_date'] = '2026-03-01';
    record('account.move', 3)['ref'] = 're-77';
    expect(await agent.ask('odoo_post_bill', { id: 3 })).toMatchObject({
      state: 'failed',
      summary: expect.stringMatching(/there already/),
    });
    record('account.move', 3)['ref'] = 'RE-78';
    const { words, outcome } = await doAfterAsking('odoo_post_bill', { id: 3 });
    expect(words).toBe(
      'Posts the vendor bill BILL/3 (RE-78) for Gemini Furniture over 40.00 EUR, dated 2026-03-01. It is in the books then. (Production Odoo)',
    );
    expect(outcome).toMatchObject({ state: 'done', summary: 'Posted BILL/2026/0003' });
    expect(calls()).toContain('account.move.action_post');
    expect((await lastOf('odoo_post_bill')).detail).toMatchObject({ record: { id: 3, name: 'BILL/2026/0003' } });
    expect(await agent.call('odoo_post_bill', { id: 3 })).toMatchObject({
      state: 'failed',
      summary: 'BILL/2026/0003 is posted already.',
    });
  });

  test('registers a payment, never more than is open, and once of two at the same time', async () => {
    expect(await agent.ask('odoo_register_payment', { id: 1, amount: 501 })).toMatchObject({
      state: 'failed',
      summary: 'Only 500.00 EUR of BILL/2026/0001 is open, less than 501.00 EUR.',
    });
    expect(await agent.ask('odoo_register_payment', { id: 1, journal_id: 2 })).toMatchObject({
      state: 'failed',
      summary: expect.stringMatching(/Sales is no bank/),
    });
    const { words, outcome } = await doAfterAsking('odoo_register_payment', {
      id: 1,
      amount: 200,
      date: '2026-03-02',
      journal_id: 1,
    });
    expect(words).toBe(
      'Registers a payment of 200.00 EUR of the 500.00 EUR that are open for the vendor bill BILL/2026/0001 for Gemini Furniture through Bank, dated 2026-03-02. (Production Odoo)',
    );
    expect(outcome.output).toContain('BILL/2026/0001 has 300.00 EUR open now (partial)');
    const both = await Promise.all([
      agent.call('odoo_register_payment', { id: 1 }),
      agent.call('odoo_register_payment', { id: 1 }, { onOtherServer: true }),
    ]);
    expect(both.map(({ state }) => state).sort()).toEqual(['done', 'failed']);
    expect(both.find(({ state }) => state === 'failed')?.summary).toBe('BILL/2026/0001 is paid already.');
    expect(record('account.move', 1)).toMatchObject({ amount_residual: 0, payment_state: 'in_payment' });
    expect(odoo.orm.table('account.payment').size).toBe(2);
  });

  test('schedules an activity and closes it', async () => {
    const { words, outcome } = await doAfterAsking('odoo_schedule_activity', {
      model: 'res.partner',
      id: 1,
      kind: 'call',
      summary: 'Ask about chairs',
      deadline: '2026-03-05',
    });
    expect(words).toBe(
      'Schedules a call on Deco Addict by 2026-03-05 for API User: “Ask about chairs”. (Production Odoo)',
    );
    expect(outcome).toMatchObject({ state: 'done', summary: 'Scheduled “Ask about chairs” on Deco Addict' });
    const closed = await doAfterAsking('odoo_close_activity', { id: 1, feedback: 'They want five' });
    expect(closed.words).toContain(
      'Marks the activity “Ask about chairs” (API User, 2026-03-05) on Deco Addict as done: “They want five”.',
    );
    expect(closed.outcome.state).toBe('done');
    expect(odoo.orm.table('mail.activity').size).toBe(0);
    expect(calls()).toEqual(expect.arrayContaining(['res.partner.activity_schedule', 'mail.activity.action_feedback']));
  });

  test('sends a message on a record, and says who gets it', async () => {
    const body = 'Hello <b>,\n\nsee & tell';
    const { words, outcome } = await doAfterAsking('odoo_send_message', {
      model: 'sale.order',
      id: 3,
      body,
      audience: 'followers',
    });
    expect(words).toBe(
      `Sends a message on S00003 to its followers (Deco Addict, Douglas Fletcher): “${body}” (Production Odoo)`,
    );
    expect(outcome).toMatchObject({ state: 'done', summary: 'Sent a message on S00003' });
    const [message] = [...odoo.orm.table('mail.message').values()];
    expect(message).toMatchObject({
      body: '<p>Hello &lt;b&gt;,</p><p>see &amp; tell</p>',
      subtype_id: 'mail.mt_comment',
    });
    const note = await doAfterAsking('odoo_send_message', {
      model: 'sale.order',
      id: 3,
      body: 'Internal',
      audience: 'note',
    });
    expect(note.words).toContain('Writes a note on S00003: “Internal”');
    expect((await lastOf('odoo_send_message')).detail).toMatchObject({ record: { name: 'S00003' } });
  });

  test('needs the permission on the models it touches', async () => {
    await fullOn('crm.lead');
    const denied = [
      ['odoo_confirm_quotation', { id: 3 }],
      ['odoo_validate_delivery', { id: 1 }],
      ['odoo_post_bill', { id: 1 }],
      ['odoo_register_payment', { id: 1 }],
      ['odoo_schedule_activity', { model: 'crm.lead', id: 1, summary: 'x', deadline: '2026-03-05' }],
      ['odoo_close_activity', { id: 1 }],
      ['odoo_send_message', { model: 'sale.order', id: 3, body: 'x', audience: 'note' }],
    ] as const;
    for (const [tool, input] of denied) expect((await agent.ask(tool, input)).state, tool).toBe('denied');
    user.denied = {};
  });

  test('is refused by Odoo in words', async () => {
    user.denied = { 'sale.order': ['write'] };
    expect(await agent.call('odoo_confirm_quotation', { id: 3 })).toMatchObject({
      state: 'failed',
      summary: expect.stringMatching(/Access denied by Odoo/),
    });
    expect(await agent.call('odoo_confirm_quotation', { id: 99 })).toMatchObject({ state: 'failed' });
  });
});
