import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { braveKey, startBraveDouble } from '../../testkit/brave-double.ts';
import { startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { startTelegramDouble } from '../../testkit/telegram-double/telegram-double.ts';
import { createMember } from '../create-test-app.ts';
import type { TestUser } from '../create-test-app.ts';
import { createLicenceKeys, secondsFromNow } from '../licence-keys.ts';
import { credentialsFor } from '../odoo-fixture.ts';
import { quickTimings } from '../telegram/telegram-app.ts';
import { query } from '../test-database.ts';
import type { Device } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';

/** A product in which everything is long: names without a space, many groups, agents, people, models and entries. */
export interface LongContent {
  journey: Journey;
  member: TestUser;
  agentId: string;
  /** Of an invitation that nobody has used. */
  inviteToken: string;
  close(): Promise<void>;
}

const count = (many: number) => Array.from({ length: many }, (_, index) => index + 1);
/** A hundred characters without a place to break. */
const unbroken = `Donaudampfschifffahrtsgesellschaft${'kapitänsmützenabzeichen'.repeat(3)}`.slice(0, 97);
const wordy = 'Procurement, invoicing and reminders of the northern and the southern branch';

export async function startLongContent(device: Device): Promise<LongContent> {
  const keys = await createLicenceKeys();
  const [odoo, brave, telegram] = await Promise.all([
    startOdooDouble({ version: '17.0' }),
    startBraveDouble(),
    startTelegramDouble(),
  ]);
  const org = `${wordy} of the cooperative`;
  const journey = await startJourney(device, {
    environment: {
      ALLOW_PRIVATE_URLS: '1',
      RATE_LIMIT_API_PER_MINUTE: '100000',
      BRAVE_API_URL: brave.url,
      TELEGRAM_API_ROOT: telegram.url,
      PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
      PINCHY_ENTERPRISE_KEY: await keys.sign({ org, maxUsers: 1_000, exp: secondsFromNow(40 * 86_400) }),
    },
    telegramTimings: quickTimings,
  });
  const { admin, server, model } = journey;
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown) => {
    const answer = await admin.request(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };

  model.models.push(...count(60).map((number) => ({ id: `${unbroken}-${number}:70b`, tools: true })));
  const directories = [unbroken, ...count(9).map((number) => `${wordy} ${number}`)];
  for (const name of directories) mkdirSync(join(server.dataRoot, name));

  const member = await createMember(server.app, admin, { name: unbroken });
  for (const number of count(1)) await createMember(server.app, admin, { name: `${wordy} ${number}` });
  const groups: string[] = [];
  for (const number of count(9))
    groups.push((await call('POST', '/api/groups', { name: `${number} ${unbroken}`, description: wordy })).id);
  await call('PUT', `/api/groups/${groups[0]}/members`, { userIds: [member.id] });
  for (const groupId of groups.slice(1, 5))
    await call('PUT', `/api/groups/${groupId}/members`, { userIds: [member.id, admin.id] });
  let inviteToken = '';
  for (const number of count(3)) {
    const email = `${unbroken.replaceAll(/[^a-z]/gi, '').slice(0, 60)}${number}@${'a-long-department-'.repeat(3)}x.example`;
    inviteToken = (await call('POST', '/api/users/invite', { role: 'member', email, groupIds: groups.slice(0, 3) }))
      .token;
  }
  await query(server.databaseUrl, `update invites set expires_at = now() - interval '1 day' where email like '%1@%'`);

  const agentId = await journey.createAgent(unbroken, {
    tagline: `${wordy}: ${unbroken}`,
    allowedTools: ['pinchy_ls', 'pinchy_read', 'pinchy_web_search', 'pinchy_web_fetch', 'odoo_read', 'odoo_write'],
    pluginConfig: { allowed_paths: directories.map((name) => `/data/${name}`) },
  });
  for (const number of count(10)) await journey.createAgent(`${wordy} ${number}`);
  await call('PATCH', `/api/agents/${agentId}`, {
    visibility: 'restricted',
    groupIds: groups.slice(0, 8),
    greetingMessage: `${wordy}. `.repeat(6),
  });
  const soul = [`# ${unbroken}`, wordy, '```', 'x'.repeat(400), '```', `| ${'a wide column | '.repeat(12)}`];
  await call('PUT', `/api/agents/${agentId}/files/SOUL.md`, { content: soul.join('\n\n') });
  await call('PUT', '/api/settings/context', { content: `${wordy}. ${unbroken}. `.repeat(20) });

  const connection = await call('POST', '/api/integrations', {
    type: 'odoo',
    name: unbroken,
    description: `${wordy} ${unbroken}`.slice(0, 200),
    credentials: credentialsFor(odoo),
  });
  await call('POST', `/api/integrations/${connection.id}/sync`);
  const credentials = { apiKey: braveKey };
  const search = await call('POST', '/api/integrations', { type: 'web-search', name: wordy, credentials });
  const grant = { connectionId: connection.id, enabled: true, accessLevel: 'read-write' };
  await call('PATCH', `/api/agents/${agentId}/integrations`, { ...grant, models: ['crm.lead', 'res.partner'] });
  await call('PATCH', `/api/agents/${agentId}/integrations`, { connectionId: search.id, enabled: true });
  const own = (await call('GET', '/api/agents')).find((agent: { isPersonal: boolean }) => agent.isPersonal);
  for (const [id, name] of [
    [own.id, 'harbour_bot'],
    [agentId, `${unbroken.replaceAll(/[^a-z]/gi, '').slice(0, 27)}_bot`],
  ])
    await call('POST', `/api/agents/${id}/channels/telegram`, { botToken: telegram.createBot(name).token });

  await query(
    server.databaseUrl,
    `insert into usage_records (created_at, agent_id, user_id, source, model, input_tokens, output_tokens,
       cache_read_tokens, cache_write_tokens, cost)
     select now() - days * interval '1 day', agents.id, $1, 'chat', 'ollama-local/' || agents.name, 987654321, 12345678,
       876543210, 765432, case when agents.id = $2 then null else 12.345678 end
     from agents, generate_series(0, 20) as days`,
    [member.id, agentId],
  );
  return {
    journey,
    member,
    agentId,
    inviteToken,
    async close() {
      await journey.close();
      await Promise.all([odoo.close(), brave.close(), telegram.close()]);
    },
  };
}
