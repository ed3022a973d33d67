import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLicenceKeys, secondsFromNow } from '../../test/licence-keys.ts';
import { braveKey, startBraveDouble } from '../../testkit/brave-double.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { odooKey, startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { startTelegramDouble } from '../../testkit/telegram-double/telegram-double.ts';
import { type Product, start } from './product.ts';

/** A product of a house in which much has come together: fifty agents, names too long for any list, everything connected. */
export interface Crowded extends Product {
  model: ModelDouble;
  cookies: Record<'admin' | 'member', string>;
  agents: Record<'scribe' | 'clerk' | 'long', string>;
  dataRoot: string;
  /** Asks the API as the admin, or as the member. */
  call<Answer = { id: string }>(method: string, path: string, body?: unknown, as?: 'admin' | 'member'): Promise<Answer>;
}

export const people = {
  admin: { name: 'Ada Marsh', email: 'ada@larkspur.example', password: 'correct horse battery' },
  member: { name: 'Maximiliane-Henriette von Donaudampfschifffahrt', email: 'mia@larkspur.example' },
};
export const longName = 'Procurement, invoicing and reminders of the northern and the southern branch';
/** Without a place to break. */
export const unbroken = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverwaltung';
const departments = ['Sales', 'Legal', 'Payroll', 'Travel', 'Quality', 'Logistics', 'Press', 'Support', 'Research'];

export async function startCrowded(): Promise<Crowded> {
  const home = await mkdtemp(join(tmpdir(), 'pinchy-walk-'));
  const dataRoot = join(home, 'data');
  for (const directory of ['handbook', longName, unbroken]) await mkdir(join(dataRoot, directory), { recursive: true });
  await writeFile(
    join(dataRoot, 'handbook/leave.md'),
    '# Leave\n\nEverybody has **27 days** of leave a year.\n\n## Sickness\n\nSend the note within three days.\n',
  );
  await writeFile(join(dataRoot, `handbook/${unbroken}.md`), `# ${longName}\n\nThe mast costs 4,800 euros.\n`);
  const keys = await createLicenceKeys();
  const model = await startModelDouble({ kind: 'anthropic' });
  const [odoo, brave, telegram] = await Promise.all([
    startOdooDouble({ version: '18.0' }),
    startBraveDouble(),
    startTelegramDouble(),
  ]);
  const product = await start('start', 'Ctrl-C stops it', {
    PINCHY_HOME: join(home, 'home'),
    DATA_ROOT: dataRoot,
    ALLOW_PRIVATE_URLS: '1',
    OLLAMA_LOCAL_URLS: 'none',
    ANTHROPIC_BASE_URL: model.url,
    BRAVE_API_URL: brave.url,
    TELEGRAM_API_ROOT: telegram.url,
    RATE_LIMIT_API_PER_MINUTE: '100000',
    RATE_LIMIT_MESSAGES_PER_MINUTE: '1000',
    PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
    PINCHY_ENTERPRISE_KEY: await keys.sign({ org: longName, maxUsers: 1_000, exp: secondsFromNow(40 * 86_400) }),
  });
  const cookies = { admin: '', member: '' };
  async function call<Answer = { id: string }>(
    method: string,
    path: string,
    body?: unknown,
    as: 'admin' | 'member' = 'admin',
  ): Promise<Answer> {
    const answer = await fetch(`${product.url}${path}`, {
      method,
      headers: { cookie: cookies[as], ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    const [cookie] = answer.headers.getSetCookie();
    if (cookie) cookies[as] = cookie.split(';', 1)[0] ?? '';
    return (await answer.json()) as Answer;
  }

  await call('POST', '/api/setup', people.admin);
  await call('POST', '/api/setup/provider', { provider: 'anthropic', apiKey: 'sk-of-the-double' });
  const { token } = await call<{ token: string }>('POST', '/api/users/invite', {
    role: 'member',
    email: people.member.email,
  });
  const { name, email } = people.member;
  const { password } = people.admin;
  await call('POST', '/api/invite/claim', { token, name, password }, 'member');
  await call('POST', '/api/auth/sign-in/email', { email, password }, 'member');

  for (const group of ['Board', longName, unbroken])
    await call('POST', '/api/groups', { name: group, description: longName });
  await call('POST', '/api/settings/prompts', { name: 'House style', text: 'Write it in plain words: {{text}}' });
  await call('POST', '/api/settings/prompts', { name: longName, text: `${longName}. {{${unbroken.slice(0, 30)}}}` });

  const credentials = { url: odoo.url, db: 'production', login: 'api@example.com', apiKey: odooKey };
  const connection = await call('POST', '/api/integrations', { type: 'odoo', name: 'Production Odoo', credentials });
  await call('POST', `/api/integrations/${connection.id}/sync`);
  const search = await call('POST', '/api/integrations', {
    type: 'web-search',
    name: longName,
    credentials: { apiKey: braveKey },
  });

  const create = async (body: object) => (await call('POST', '/api/agents', { templateId: 'custom', ...body })).id;
  const agents = {
    scribe: await create({
      name: 'Scribe',
      tagline: 'Reads the handbook for you',
      allowedTools: ['pinchy_ls', 'pinchy_read', 'pinchy_search', 'pinchy_web_search'],
      pluginConfig: { allowed_paths: ['/data/handbook'] },
    }),
    clerk: await create({
      name: 'Clerk',
      tagline: 'Keeps the customers in order',
      allowedTools: ['odoo_read', 'odoo_create', 'odoo_write', 'odoo_delete'],
      pluginConfig: { allow_always: ['odoo_create'] },
    }),
    long: await create({
      name: unbroken,
      tagline: `${longName}: ${unbroken}`,
      allowedTools: ['pinchy_ls', 'pinchy_read'],
      pluginConfig: { allowed_paths: [`/data/${longName}`, `/data/${unbroken}`] },
    }),
  };
  await call('PATCH', `/api/agents/${agents.scribe}`, {
    starters: ['How many days of leave do I have?', 'What has changed this week?', `${longName}: who signs what?`],
    greetingMessage: 'Ask me about anything that the handbook says.',
  });
  await call('PATCH', `/api/agents/${agents.clerk}/integrations`, {
    connectionId: connection.id,
    enabled: true,
    accessLevel: 'full',
    models: ['res.partner'],
  });
  await call('PATCH', `/api/agents/${agents.scribe}/integrations`, { connectionId: search.id, enabled: true });
  for (let number = 1; number <= 47; number += 1) {
    const department = departments[number % departments.length];
    await create({ name: number % 6 === 0 ? `${longName} ${number}` : `${department} ${number}`, tagline: longName });
  }
  const listed = await call<{ id: string; isPersonal: boolean }[]>('GET', '/api/agents');
  const own = listed.find(({ isPersonal }) => isPersonal);
  await call('POST', `/api/agents/${own?.id}/channels/telegram`, {
    botToken: telegram.createBot('larkspur_bot').token,
  });
  return {
    ...product,
    model,
    cookies,
    agents,
    dataRoot,
    call,
    async stop() {
      await product.stop();
      await Promise.all([model.close(), odoo.close(), brave.close(), telegram.close()]);
      await rm(home, { recursive: true, force: true });
    },
  };
}
