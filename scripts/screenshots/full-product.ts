import { createCipheriv, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { type RunningServer, runServer } from '../../server/main.ts';
import { readConfig } from '../../server/config.ts';
import { issueLicence, makeLicenceKeys } from '../../server/features/licence/issue-licence.ts';
import { braveKey, startBraveDouble } from '../../testkit/brave-double.ts';
import { startModelDouble } from '../../testkit/model-double.ts';
import { odooKey, startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { startTelegramDouble } from '../../testkit/telegram-double/telegram-double.ts';
import { breakProduct } from './break-product.ts';
import { fillSpending } from './full-spending.ts';
import { assistantsStatement, fillUsage, peopleStatement } from './full-tables.ts';

// A product as a large organisation has it after two months, to see what becomes of its pages: fifty agents, five hundred
// people, thirty groups, names of any length, thousands of entries in the trail.

export const account = { name: 'Ada Marsh', email: 'ada@larkspur.example', password: 'correct horse battery' };

export interface FullProduct {
  url: string;
  cookies: Record<'admin' | 'member', string>;
  /** What the pages are about, by what it is. */
  ids: { agent: string; odooAgent: string; own: string; stopped: string; inviteToken: string; run: string };
  /** Lets go wrong what can, see `break-product.ts`. */
  break(): Promise<void>;
  request<Answer = Named>(method: string, path: string, body?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Named {
  id: string;
  name: string;
}

const unbroken = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const wordy = 'Procurement, invoicing and reminders of the northern and the southern branch';
const departments = ['Harbour', 'Sales', 'Support', 'Finance', 'Legal', 'Workshop', 'Warehouse', 'Payroll', 'Fleet'];
const jobs = ['Guide', 'Desk', 'Handbook', 'Scout', 'Planner', 'Clerk'];
const count = (many: number) => Array.from({ length: many }, (_, index) => index + 1);

/** A PDF that says that it is protected, which no reader opens without a password. */
const lockedPdf = () =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    createCipheriv('aes-128-ecb', 'k'.repeat(16), null).update('x'.repeat(512)),
  ]);

interface Plain {
  server: RunningServer;
  url: string;
  cookies: FullProduct['cookies'];
  request: FullProduct['request'];
}

async function startPlain(home: string, environment: Record<string, string>): Promise<Plain> {
  const server = await runServer(
    readConfig({
      PINCHY_HOME: join(home, 'state'),
      DATA_ROOT: join(home, 'data'),
      PORT: '0',
      PINCHY_PROCESSES: '1',
      LOG_LEVEL: 'error',
      ALLOW_PRIVATE_URLS: '1',
      OLLAMA_LOCAL_URLS: 'none',
      RATE_LIMIT_API_PER_MINUTE: '1000000',
      ...environment,
    }),
  );
  const { url } = server;
  const cookies = { admin: '', member: '' };
  async function request<Answer = Named>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { cookie: cookies.admin, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    cookies.admin = answer.headers.getSetCookie().map((set) => set.split(';', 1)[0])[0] ?? cookies.admin;
    return (await answer.json()) as Answer;
  }
  await request('POST', '/api/setup', account);
  return { server, url, cookies, request };
}

/** A product with an account and nothing else. */
export async function startFreshProduct(home: string): Promise<FullProduct> {
  mkdirSync(join(home, 'data'), { recursive: true });
  const { server, ...plain } = await startPlain(home, {});
  const ids = { agent: '', odooAgent: '', own: '', stopped: '', inviteToken: '', run: '' };
  return { ...plain, ids, break: async () => undefined, stop: once(() => server.stop()) };
}

/** Stopping twice is stopping once. */
function once(stop: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= stop());
}

/** Takes up an invitation, and returns the cookie of the member that it was for. */
async function claim(url: string, token: string): Promise<string> {
  const post = (path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const { password } = account;
  await post('/api/invite/claim', { token, name: 'Mia Lind', password });
  const signedIn = await post('/api/auth/sign-in/email', { email: 'mia@larkspur.example', password });
  const [cookie = ''] = signedIn.headers.getSetCookie();
  return cookie.split(';', 1)[0] ?? '';
}

export async function startFullProduct(home: string): Promise<FullProduct> {
  const model = await startModelDouble({ kind: 'anthropic' });
  const openai = await startModelDouble({ kind: 'openai' });
  const telegram = await startTelegramDouble();
  const brave = await startBraveDouble();
  const odoo = await startOdooDouble({ version: '17.0', companies: ['Larkspur'] });
  for (const [id, name] of [
    [1, 'Azure Interior'],
    [2, `Deco Addict, ${wordy}`],
  ] as const)
    odoo.orm.table('res.partner').set(id, { id, name, is_company: true });
  const keys = makeLicenceKeys();
  fillDocuments(join(home, 'data'));
  const { server, url, cookies, request } = await startPlain(home, {
    ANTHROPIC_BASE_URL: model.url,
    OPENAI_BASE_URL: openai.url,
    TELEGRAM_API_ROOT: telegram.url,
    BRAVE_API_URL: brave.url,
    PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
  });
  const stop = once(async () => {
    await server.stop();
    await Promise.all([model.close(), openai.close(), telegram.close(), brave.close()]);
    await odoo.close().catch(() => undefined);
  });
  const { pool } = server.services.database;
  await request('POST', '/api/setup/provider', { provider: 'anthropic', apiKey: 'sk-of-the-double-a1b2' });
  await request('POST', '/api/settings/providers', { provider: 'openai', apiKey: 'sk-of-the-double-c3d4' });
  const licence = { org: `${wordy} of the cooperative`, seats: 600, days: 25 };
  await request('PUT', '/api/enterprise/key', { key: await issueLicence(keys.privateKey, licence) });
  await request('PUT', '/api/settings/context', { content: `# Larkspur\n\n${`${wordy}. `.repeat(30)}` });
  await request('PUT', '/api/settings/sharing', { enabled: true }).catch(() => undefined);

  const groups: string[] = [];
  for (const number of count(30)) {
    const name =
      number === 3 ? unbroken : number % 4 === 0 ? `${wordy} ${number}` : `${departments[number % 9]} ${number}`;
    groups.push((await request('POST', '/api/groups', { name, ...(number % 3 > 0 && { description: wordy }) })).id);
  }
  await pool.query(peopleStatement, [groups, unbroken]);
  const people = (await request<{ users: Named[] }>('GET', '/api/users')).users;

  const agents: string[] = [];
  for (const number of count(49)) agents.push(await addAgent(number));
  const agent = agents[0] ?? '';

  const credentials = { url: odoo.url, db: 'production', login: 'api@example.com', apiKey: odooKey };
  const connection = await request('POST', '/api/integrations', { type: 'odoo', name: 'Larkspur Odoo', credentials });
  await request('POST', `/api/integrations/${connection.id}/sync`);
  await request('POST', '/api/integrations', { type: 'web-search', name: wordy, credentials: { apiKey: braveKey } });
  const odooAgent = await addOdooAgent();
  const own = (await request<(Named & { isPersonal: boolean })[]>('GET', '/api/agents')).find((one) => one.isPersonal);
  const bot = telegram.createBot('larkspur_bot');
  await request('POST', `/api/agents/${own?.id}/channels/telegram`, { botToken: bot.token });
  await request('POST', `/api/agents/${agent}/channels/telegram`, {
    botToken: telegram.createBot(`${unbroken.replaceAll(/[^a-z]/gi, '').slice(0, 27)}_bot`).token,
  });

  await pool.query(assistantsStatement, [own?.id]);
  const mia = { role: 'member', email: 'mia@larkspur.example' };
  cookies.member = await claim(url, (await request<{ token: string }>('POST', '/api/users/invite', mia)).token);

  let inviteToken = '';
  for (const number of count(4)) {
    const email = `${'a.very.long.name.'.repeat(3)}${number}@${'a-long-department.'.repeat(3)}example`;
    const invite = { role: 'member', email, groupIds: groups.slice(0, number) };
    inviteToken = (await request<{ token: string }>('POST', '/api/users/invite', invite)).token;
  }
  await pool.query(`update invites set expires_at = now() - interval '1 day' where email like '%1@%'`);
  for (const title of ['Weekly report', `A letter to a customer who has not paid: ${unbroken}`.slice(0, 100)])
    await request('POST', '/api/settings/prompts', { name: title, text: 'Write about {{subject}} for {{reader}}.' });
  await request('POST', '/api/prompts', { name: 'Short answer', text: 'Answer in two sentences: {{question}}' });

  await converse();
  await fillTrail();
  await fillUsage(pool, { agents, people: people.slice(0, 60).map(({ id }) => id) });
  await fillSpending({ request, pool, agents, groups, people: people.map(({ id }) => id), wordy, unbroken });
  const { rows } = await pool.query<{ id: string }>(
    `select id from runs where state = 'completed' order by created_at limit 1`,
  );

  return {
    url,
    cookies,
    ids: { agent, odooAgent, own: own?.id ?? '', stopped: agents[6] ?? '', inviteToken, run: rows[0]?.id ?? '' },
    request,
    break: () =>
      breakProduct({
        request,
        pool,
        doubles: { openai, model, odoo, telegram },
        odooConnection: connection.id,
        bot,
        agents: agents.slice(1, 4),
        ask: (agentId) => say(agentId, 'How many days of leave do I have?', 'complete'),
        expiringLicence: () => issueLicence(keys.privateKey, { ...licence, days: 8 / 86_400 }),
      }),
    stop,
  };

  async function addAgent(number: number): Promise<string> {
    const name =
      number === 1
        ? unbroken
        : number % 10 === 0
          ? `${wordy} ${number}`
          : `${departments[number % 9]} ${jobs[number % 6]} ${number}`;
    const { id } = await request('POST', '/api/agents', {
      name,
      templateId: number % 2 === 0 ? 'custom' : 'knowledge-base',
      tagline: number % 10 === 1 ? `${wordy}: ${unbroken}` : `Answers about ${departments[number % 9]?.toLowerCase()}`,
      ...(number % 3 > 0 && { description: `${wordy}. It is not for advice on law.` }),
      ...(number % 4 > 0 && { responsibleUserId: people[number % 40]?.id }),
      ...(number % 8 === 3 && { reviewAt: '2026-01-31' }),
      ...(number % 2 === 1 && {
        allowedTools: ['pinchy_ls', 'pinchy_read', 'pinchy_search', 'pinchy_web_search'],
        pluginConfig: { allowed_paths: number === 1 ? ['/data/handbook', `/data/${wordy}`] : ['/data/handbook'] },
      }),
    });
    if (number % 5 === 1)
      await request('PATCH', `/api/agents/${id}`, {
        visibility: 'restricted',
        groupIds: groups.slice(0, 2 + (number % 7)),
      });
    if (number % 16 === 7) await request('POST', `/api/agents/${id}/stop`);
    return id;
  }

  async function addOdooAgent(): Promise<string> {
    const { id } = await request('POST', '/api/agents', {
      name: 'Compass',
      templateId: 'custom',
      allowedTools: [
        'odoo_list_models',
        'odoo_describe_model',
        'odoo_read',
        'odoo_create',
        'odoo_write',
        'odoo_delete',
      ],
    });
    await request('PATCH', `/api/agents/${id}/integrations`, {
      connectionId: connection.id,
      enabled: true,
      accessLevel: 'full',
      models: ['crm.lead', 'res.partner', 'sale.order'],
    });
    return id;
  }

  /** Answers with tools, with a refusal, and with calls that wait for a decision. */
  async function converse(): Promise<void> {
    model.respond(({ messages }) => {
      const last = messages.at(-1);
      // Only what was read in the same conversation can be deleted.
      const asked = messages.findLast(({ role, toolResults }) => role === 'user' && !toolResults)?.text;
      const isRead = last?.toolResults?.length === 1;
      if (asked?.startsWith('Delete') && isRead)
        return [{ toolCall: { name: 'odoo_delete', input: { model: 'res.partner', ids: [2] } } }];
      if (isRead) return [{ usage: { input: 2_345, output: 321 } }, { text: 'There it is.' }];
      if (last?.text?.startsWith('Note'))
        return [
          { toolCall: { name: 'odoo_write', input: { model: 'res.partner', ids: [1], values: { name: wordy } } } },
        ];
      if (last?.text?.startsWith('Delete'))
        return [{ toolCall: { name: 'odoo_read', input: { model: 'res.partner', domain: [['id', '=', 2]] } } }];
      const path = last?.text?.includes('secret') ? '/data/secret/plans.pdf' : '/data/handbook/leave.md';
      return [{ toolCall: { name: 'pinchy_read', input: { path } } }];
    });
    for (const text of ['How many days of leave do I have?', 'What is in the secret plans?', 'And the notice period?'])
      await say(agent, text, 'complete');
    await say(odooAgent, 'Note the new name, please.', 'approval');
    const other = await request('POST', `/api/agents/${odooAgent}/chats`, {});
    await say(odooAgent, 'Delete the second contact, please.', 'approval', other.id);
  }

  function say(agentId: string, content: string, until: string, chatId?: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/ws`, { headers: { cookie: cookies.admin } });
      const timer = setTimeout(() => reject(new Error(`No ${until} for “${content}”.`)), 60_000);
      socket.on('error', reject).on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString('utf8')) as { type: string; state?: string; message?: string };
        if (frame.type === 'error') reject(new Error(frame.message));
        if (frame.type !== until && frame.state !== until) return;
        clearTimeout(timer);
        socket.close();
        resolve();
      });
      socket.on('open', () =>
        socket.send(
          JSON.stringify({
            type: 'message',
            agentId,
            content,
            clientMessageId: randomUUID(),
            ...(chatId && { chatId }),
          }),
        ),
      );
    });
  }

  async function fillTrail(): Promise<void> {
    const change = async (number: number) => {
      const id = agents[number % agents.length];
      await request('PATCH', `/api/agents/${id}`, { greetingMessage: `Good day. This is greeting number ${number}.` });
      if (number % 20 === 0)
        await request('POST', '/api/users/invite', { role: 'member', email: `n${number}@example.com` });
    };
    for (let first = 1; first <= 2_000; first += 4) await Promise.all(count(4).map((more) => change(first + more)));
    // A number that is drawn and never used, as by a change that was rolled back.
    await pool.query(`select nextval(pg_get_serial_sequence('audit_entries', 'id'))`);
    await request('PATCH', `/api/agents/${agent}`, { allowedTools: ['pinchy_ls', 'pinchy_read'] });
    await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: account.email, password: 'not the password' }),
    });
  }
}

function fillDocuments(dataRoot: string): void {
  for (const name of ['handbook', wordy, unbroken, ...count(12).map((number) => `department-${number}`)])
    mkdirSync(join(dataRoot, name), { recursive: true });
  const handbook = join(dataRoot, 'handbook');
  writeFileSync(
    join(handbook, 'leave.md'),
    '# Leave\n\nEveryone has 28 days of paid leave.\n\nThe notice period is a month.\n',
  );
  for (const number of count(60))
    writeFileSync(join(handbook, `Contract ${number} of ${wordy}.txt`), `Contract ${number}.\n`);
  writeFileSync(join(handbook, 'plans.pdf'), lockedPdf());
  writeFileSync(join(handbook, `${unbroken}.docx`), 'no document at all');
  writeFileSync(join(handbook, 'backup.zip'), Buffer.from('504b0304', 'hex'));
}
