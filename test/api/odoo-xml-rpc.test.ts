import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createOdooConnector, type OdooClient } from '../../server/tools/odoo/odoo-client.ts';
import { decodeXmlRpcAnswer, encodeXmlRpcCall } from '../../server/tools/odoo/xml-rpc.ts';
import { odooKey, startOdooDouble, type OdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { readXmlRpcCall } from '../../testkit/odoo-double/xml-rpc.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { credentialsFor, startOdooAtWork } from '../odoo-fixture.ts';

// An Odoo behind a proxy that lets nothing but XML-RPC through. What the tools do there: odoo-tools and odoo-writing.

let server: TestApp;
let admin: TestUser;
let odoo: OdooDouble;
beforeAll(async () => {
  server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  admin = await createAdmin(server.app);
});
afterAll(() => server?.close());
beforeEach(async () => {
  odoo = await startOdooDouble({ version: '16.0', databases: ['production', 'training'], onlyXmlRpc: true });
  return () => odoo.close();
});

const tryOut = async (changes: object = {}) =>
  (await admin.request('POST', '/api/integrations/test', { type: 'odoo', credentials: credentialsFor(odoo, changes) }))
    .body;
const connect = (): Promise<OdooClient> => createOdooConnector({ allowPrivate: true }).connect(credentialsFor(odoo));

test('a connection is tried and its databases listed there', async () => {
  expect(await tryOut()).toEqual({ success: true, version: '16.0' });
  expect(await tryOut({ apiKey: 'wrong' })).toMatchObject({ error: expect.stringContaining('refused the login') });
  expect(await tryOut({ db: 'nowhere' })).toMatchObject({ error: expect.stringContaining('no database of that name') });
  const { body } = await admin.request('POST', '/api/integrations/databases', { url: odoo.url });
  expect(body).toEqual({ databases: ['production', 'training'] });
  expect(odoo.requests.some(({ path }) => path === '/jsonrpc')).toBe(true);
});

test('an Odoo that answers JSON-RPC is never asked over XML-RPC', async () => {
  const open = await startOdooDouble({ version: '17.0' });
  const client = await createOdooConnector({ allowPrivate: true }).connect(credentialsFor(open));
  await client.count('crm.lead', []);
  expect(open.requests.filter(({ path }) => path.startsWith('/xmlrpc'))).toEqual([]);
  await open.close();
});

test('every value arrives as it was meant, and comes back', async () => {
  await odoo.close();
  const atWork = await startOdooAtWork(server, admin, { version: '16.0', onlyXmlRpc: true });
  odoo = atWork.odoo;
  await atWork.fullOn('crm.lead');
  const name = ' "A" & <b>ä</b> ]]> 🦞\r\n\tlast ';
  const values = { name, partner_id: null, expected_revenue: -12.5, probability: 3_000_000_000 };
  const created = await atWork.agent.call('odoo_create', { model: 'crm.lead', values });
  expect(created.state, created.output).toBe('done');
  expect(created.output).not.toContain('Not as asked');
  expect([...odoo.orm.table('crm.lead').values()].at(-1)).toMatchObject(values);
  const odd = await atWork.agent.call('odoo_create', { model: 'crm.lead', values: { name: 'a\u0001b' } });
  expect(odd.output).toContain('Not as asked: name is "ab"');
});

test('a method that returns nothing was done, though XML-RPC has no word for nothing', async () => {
  const client = await connect();
  const [id = 0] = [...odoo.orm.table('crm.lead').keys()];
  const before = odoo.orm.table('crm.lead').get(id)?.['active'];
  expect(await client.act('crm.lead', 'toggle_active', [id], {})).toBeNull();
  expect(odoo.orm.table('crm.lead').get(id)?.['active']).toBe(before === false);
});

test('what Odoo objects to is told apart, without its traceback', async () => {
  const client = await connect();
  const failures = [
    () => client.search('no.such.model', { domain: [], fields: ['name'], limit: 1 }),
    () => client.search('crm.lead', { domain: [], fields: ['no_such_field'], limit: 1 }),
    () => client.read('crm.lead', [999], ['name']),
    () => client.create('crm.lead', { expected_revenue: 1 }, {}),
  ].map((call) =>
    call().then(
      () => 'nothing',
      (error: { reason: string; message: string }) => [error.reason, /Traceback|File "/.test(error.message)],
    ),
  );
  expect(await Promise.all(failures)).toEqual([
    ['unknown-model', false],
    ['validation', false],
    ['missing-record', false],
    ['validation', false],
  ]);
});

const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><methodResponse><params><param><value>&b;</value></param></params></methodResponse>`;
test.each([
  ['entities of its own', bomb],
  ['endless nesting', `<methodResponse>${'<value><array><data>'.repeat(200_000)}`],
  ['half an answer', '<methodResponse><params><param><value><int>1</int>'],
  ['another document', '<rss><channel><value>1</value></channel></rss>'],
  [
    'a number that is none',
    '<methodResponse><params><param><value><int>x</int></value></param></params></methodResponse>',
  ],
  ['nothing', ''],
])('an answer of %s is not taken for Odoo’s', async (_name, body) => {
  odoo.intercept((_message, response) => {
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(body);
  });
  expect(await tryOut()).toMatchObject({ success: false, error: expect.stringContaining('does not answer like Odoo') });
});

test('a redirect takes no credentials to another origin, and reaches no metadata service', async () => {
  const taken: string[] = [];
  const other = createServer((message, response) => {
    message.on('data', (chunk: Buffer) => taken.push(chunk.toString()));
    message.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}/xmlrpc/2/common`;
  for (const [location, sentence] of [
    [elsewhere, 'redirected a request elsewhere'],
    ['http://169.254.169.254/latest/meta-data/', 'not allowed'],
  ] as const) {
    odoo.intercept((message, response) => {
      const isXml = message.url?.startsWith('/xmlrpc') ?? false;
      response.writeHead(isXml ? 307 : 403, isXml ? { location } : {});
      response.end();
    });
    expect(await tryOut()).toMatchObject({ success: false, error: expect.stringContaining(sentence) });
  }
  expect(taken.join('')).not.toContain(odooKey);
  expect(taken).toEqual([]);
  other.close();
});

test('the codec agrees with another reader about every kind of value', () => {
  const values = [0, -1, 2 ** 31, 1.5, true, false, null, '', ' ', '<&>', [], [[]], {}, { 'a&b': [{ c: null }] }];
  expect(readXmlRpcCall(encodeXmlRpcCall('execute_kw', values))).toEqual({ method: 'execute_kw', args: values });
  const answer = (value: string) =>
    decodeXmlRpcAnswer(`<methodResponse><params><param>${value}</param></params></methodResponse>`);
  expect(answer('<value>bare &amp; <![CDATA[<raw>]]></value>')).toEqual({ result: 'bare & <raw>' });
  expect(answer('<value> <base64>\n aGk=\n </base64> </value>')).toEqual({ result: 'aGk=' });
  const proto = '<value><struct><member><name>__proto__</name><value><i4>1</i4></value></member></struct></value>';
  expect(Object.keys((answer(proto) as { result: object }).result)).toEqual(['__proto__']);
});
