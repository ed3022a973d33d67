import { randomUUID } from 'node:crypto';
import { usageRecords } from '../db/schema/index.ts';
import type { WritableDatabase } from '../db/client.ts';
import { priceUsage } from '../providers/prices.ts';
import { parseFullModelId } from '../providers/provider.ts';
import { type DemoClient, post, signIn } from './demo-client.ts';
import * as samples from './sample-data.ts';

interface Named {
  id: string;
  name: string;
}

/**
 * Fills an empty server with samples the way people would: over its HTTP API and its chat socket, so that all of it is
 * audited. Only past usage is written directly, because nobody can have used the server last month.
 */
export async function seedDemo(options: {
  url: string;
  modelUrl: string;
  licenceKey: string;
  db: WritableDatabase;
  report: (step: string) => void;
}): Promise<void> {
  const { url, modelUrl, licenceKey, db, report } = options;
  const password = samples.samplePassword;
  report('Adding people, groups and agents');
  await post(`${url}/api/setup`, { ...samples.administrator, password });
  const admin = await signIn(url, { email: samples.administrator.email, password });
  await admin.request('POST', '/api/setup/provider', { provider: 'ollama-local', baseUrl: modelUrl });
  await admin.request('PUT', '/api/enterprise/key', { key: licenceKey });
  await admin.request('PUT', '/api/settings/context', { content: samples.organisationContext });
  const groups = new Map<string, string>();
  for (const group of samples.groups)
    groups.set(group.name, (await admin.request<Named>('POST', '/api/groups', group)).id);
  const idsOf = (names: string[]) => names.flatMap((name) => groups.get(name) ?? []);
  for (const { name, email, groups: joined } of samples.members) {
    const invite = { role: 'member', email, groupIds: idsOf(joined) };
    const { token } = await admin.request<{ token: string }>('POST', '/api/users/invite', invite);
    await post(`${url}/api/invite/claim`, { token, name, password });
  }
  await admin.request('POST', '/api/users/invite', { role: 'member', email: 'jonas@larkspur.example' });
  for (const agent of samples.agents) await addAgent(admin, agent, idsOf(agent.groups));

  report('Chatting with them');
  // Each person in their own time, as in life; a person's messages one after the other.
  const byPerson = Map.groupBy(samples.conversations, ({ email }) => email);
  await Promise.all(
    [...byPerson].map(async ([email, conversations]) => {
      const person = await signIn(url, { email, password });
      const visible = await person.request<Named[]>('GET', '/api/agents');
      const own = await person.request<{ id: string }>('GET', '/api/users/me');
      for (const { agent, messages } of conversations) {
        await person.chat(findAgent(visible, agent, own.id), messages);
      }
    }),
  );
  // One failed sign-in, so that the audit list has something to filter for.
  await post(`${url}/api/auth/sign-in/email`, { email: 'emil@larkspur.example', password: 'not his password' }).catch(
    () => undefined,
  );
  const agents = await admin.request<Named[]>('GET', '/api/agents');
  await addUsage(db, agents, await findPeople(admin));
  for (const { agent, ...budget } of samples.budgets) {
    const scopeId = agents.find(({ name }) => name === agent)?.id;
    await admin.request('POST', '/api/budgets', { ...budget, ...(scopeId && { scopeId }) });
  }
}

async function addAgent(admin: DemoClient, agent: samples.SampleAgent, groupIds: string[]): Promise<void> {
  const { name, tagline, templateId, directories } = agent;
  const { id } = await admin.request<Named>('POST', '/api/agents', {
    name,
    tagline,
    templateId,
    ...(directories.length > 0 && { pluginConfig: { allowed_paths: directories } }),
  });
  if (groupIds.length > 0) {
    await admin.request('PATCH', `/api/agents/${id}`, { visibility: 'restricted', groupIds });
  }
}

/** An admin sees everybody's Smithers; everyone chats with their own. */
function findAgent(
  agents: (Named & { ownerId?: string; isPersonal?: boolean })[],
  name: string,
  userId: string,
): string {
  const found = agents.find((agent) => agent.name === name && (!agent.isPersonal || agent.ownerId === userId));
  if (!found) throw new Error(`There is no agent ${name} to chat with.`);
  return found.id;
}

async function findPeople(admin: DemoClient): Promise<Named[]> {
  return (await admin.request<{ users: Named[] }>('GET', '/api/users')).users;
}

async function addUsage(db: WritableDatabase, agents: Named[], people: Named[]): Promise<void> {
  const random = seededRandom(7);
  const rows: (typeof usageRecords.$inferInsert)[] = [];
  for (let day = samples.usageDays; day >= 1; day--) {
    const isWeekend = [0, 6].includes(new Date(Date.now() - day * 86_400_000).getUTCDay());
    const steps = Math.round((isWeekend ? 3 : 18) + random() * (isWeekend ? 4 : 22));
    for (let step = 0; step < steps; step++) {
      // Office hours, counted back from now.
      const createdAt = new Date(Date.now() - day * 86_400_000 - random() * 9 * 3_600_000);
      const model = pick(samples.usageModels, random() ** 2);
      const tokens = {
        inputTokens: Math.round(400 + random() * 2_600),
        outputTokens: Math.round(80 + random() * 700),
        cacheReadTokens: random() < 0.6 ? Math.round(1_000 + random() * 6_000) : 0,
        cacheWriteTokens: model.startsWith('anthropic') && random() < 0.3 ? Math.round(1_000 + random() * 2_000) : 0,
      };
      const reference = parseFullModelId(model);
      const cost =
        reference && priceUsage({ provider: reference.provider, model: reference.id, at: createdAt, ...tokens });
      rows.push({
        createdAt,
        agentId: pick(agents, random() ** 1.5).id,
        userId: pick(people, random()).id,
        // Each answers a question of its own, so that the overview counts them.
        runId: randomUUID(),
        source: random() < 0.04 ? 'system' : 'chat',
        model,
        ...tokens,
        cost: cost === undefined || cost === null ? null : cost.toFixed(10),
      });
    }
  }
  await db.insert(usageRecords).values(rows);
}

function pick<T>(list: readonly T[], share: number): T {
  const item = list[Math.min(list.length - 1, Math.floor(share * list.length))];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

/** The same charts at every start. (mulberry32, public domain.) */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
