import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { pdfWithContent, pdfWithPages } from '../test/files/file-fixtures.ts';
import { writeLongConversation } from '../test/browser/long-conversation.ts';
import type { AttackOrder } from './attacker.ts';
import { type AttackSetup, attacksOn } from './attacks.ts';
import type { BenchContext } from './bench-context.ts';
import { type ChatClient, openChat } from './chat-client.ts';
import { createMemoryGroup } from './memory-limit.ts';
import { formatTable, measure, percentile, type Result } from './result.ts';
import { readChildrenMemory, readMemory } from './server-process.ts';
import { createAgent, setStage, type Stage } from './stage.ts';

const limitBytes = 1024 ** 3;
const attackMs = 12_000;
const quietMs = 60_000;

/** `BENCH_ATTACK=searches npm run bench -- neighbours`: only the attacks with that in their names. */
const only = process.env['BENCH_ATTACK'] ?? '';

interface Colleague {
  stage: Stage;
  cookie: string;
  chatAgentId: string;
  readerId: string;
}

/**
 * Each attack beside a colleague who lists agents, chats, signs in and has a page of PDF read, on a server that has 1 GiB.
 * Targets: at most three times as long as without the attack, and a second (documents: five).
 */
export async function benchNeighbours(context: BenchContext): Promise<Result[]> {
  const group = createMemoryGroup(limitBytes);
  if (group) context.onEnd(async () => group.remove());
  const stage = await setStage(context, {
    group,
    environment: {
      TRUSTED_PROXIES: '127.0.0.1',
      // As it is by default: beyond it, a person is refused.
      RATE_LIMIT_API_PER_MINUTE: '600',
      RATE_LIMIT_SIGN_IN_FAILURES: '1000000',
      RATE_LIMIT_SIGN_IN_FAILURES_PER_ADDRESS: '1000000',
    },
  });
  const docs = join(context.directory, 'data/docs');
  mkdirSync(docs);
  writeFileSync(join(docs, 'page.pdf'), pdfWithPages(['The parental leave is 14 weeks.']));
  const texts = deflateSync(Buffer.from('BT /F1 1 Tf (x) Tj ET '.repeat(1_000_000)));
  writeFileSync(join(docs, 'heavy.pdf'), pdfWithContent(texts, { filter: '/Filter /FlateDecode' }));
  const [chatAgent, agent, reader] = [
    await createAgent(stage, 'Chat'),
    await createAgent(stage, 'Long'),
    await createAgent(stage, 'Reader', ['pinchy_read']),
  ];
  await stage.request('PATCH', `/api/agents/${reader.id}`, { pluginConfig: { allowed_paths: ['/data/docs'] } });
  const [person, ...members] = await stage.createUsers(4);
  const [attacker] = members;
  if (!person || !attacker) throw new Error('There is nobody.');
  await writeLongConversation(stage.database, { agentId: agent.id, userId: attacker.id, messages: 2_000 });
  await stage.database.query(
    `update messages set content = repeat('lorem ipsum ', 1000)
     where conversation_id in (select id from conversations where agent_id = $1)`,
    [agent.id],
  );
  stage.double.respond(({ messages }) => {
    const last = messages.at(-1);
    if (last?.role !== 'user') return [{ text: 'Hello.' }];
    if (last.text.includes('Read the heavy ones.')) return [readOf('heavy'), readOf('heavy'), readOf('heavy')];
    return last.text.includes('Read the page.') ? [readOf('page')] : [{ text: 'Hello.' }];
  });
  const colleague = { stage, cookie: person.cookie, chatAgentId: chatAgent.id, readerId: reader.id };

  await work(colleague, attackMs);
  const results: Result[] = [];
  const setup = { url: stage.url, members, agentId: agent.id, readerId: reader.id };
  for (const name of Object.keys(attacksOn(setup)).filter((attack) => attack.includes(only))) {
    const found = await disturb({ name, setup, colleague });
    results.push(...found);
    // All together take minutes; whoever waits sees how far it is.
    console.log(formatTable(found));
  }
  return results.map((result) => (group ? result : { ...result, note: 'memory not limited: no cgroup here' }));
}

type Times = Record<'lists agents' | 'chats' | 'signs in' | 'reads a page of PDF', number[]>;

/**
 * What the colleague does, one after the other, for so long: in new conversations, since one that goes on reads more each
 * time, and what came later would be slower by itself.
 */
async function work({ stage, cookie, chatAgentId, readerId }: Colleague, forMs: number): Promise<Times> {
  const begin = async (agentId: string): Promise<ChatClient> => {
    const made = await fetch(`${stage.url}/api/agents/${agentId}/chats`, { method: 'POST', headers: { cookie } });
    return openChat(stage.url, cookie, ((await made.json()) as { id: string }).id);
  };
  const [chat, reading] = [await begin(chatAgentId), await begin(readerId)];
  const times: Times = { 'lists agents': [], chats: [], 'signs in': [], 'reads a page of PDF': [] };
  const signIn = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' },
    body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }),
  };
  for (const end = performance.now() + forMs; performance.now() < end; await sleep(50)) {
    times['lists agents'].push(await measure(() => ask(`${stage.url}/api/agents`, { headers: { cookie } })));
    times['signs in'].push(await measure(() => ask(`${stage.url}/api/auth/sign-in/email`, signIn)));
    times.chats.push(await measure(() => chat.say(chatAgentId, 'Hello.', () => undefined)));
    // A page that was read before is remembered by its file.
    writeFileSync(join(stage.environment['DATA_ROOT'] ?? '', 'docs/page.pdf'), pdfWithPages([`Page ${Math.random()}`]));
    times['reads a page of PDF'].push(await measure(() => reading.say(readerId, 'Read the page.', () => undefined)));
  }
  for (const each of [chat, reading]) each.close();
  return times;
}

const readOf = (name: string) => ({ toolCall: { name: 'pinchy_read', input: { path: `/data/docs/${name}.pdf` } } });

async function ask(url: string, init: RequestInit): Promise<void> {
  const answer = await fetch(url, init);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
}

/** Watches memory and health while something is done. */
async function watch<Value>(stage: Stage, during: () => Promise<Value>) {
  let isOver = false;
  const seen = { peakMb: 0, red: 0, asked: 0 };
  const watching = (async () => {
    for (; !isOver; await sleep(100)) {
      const reading = readChildrenMemory(stage.server.pid, /extract-worker/);
      seen.peakMb = Math.max(seen.peakMb, readMemory(stage.server.pid).rss + reading);
      seen.asked += 1;
      const health = await fetch(`${stage.url}/api/health`).catch(() => undefined);
      await health?.arrayBuffer();
      if (!health?.ok) seen.red += 1;
    }
  })();
  try {
    const value = await during();
    return { value, peakMb: seen.peakMb, healthy: 1 - seen.red / Math.max(1, seen.asked) };
  } finally {
    isOver = true;
    await watching;
  }
}

/** What the attack before left, and what is indexed in the background, would count for this one. */
async function untilNothingIsRead({ url }: Stage): Promise<void> {
  const isReading = /^pinchy_queue_(running|waiting)\{queue="(heavy )?documents"\} [1-9]/m;
  for (const end = performance.now() + quietMs; performance.now() < end; await sleep(500)) {
    const metrics = await fetch(`${url}/metrics`);
    if (!isReading.test(await metrics.text())) return;
  }
}

async function disturb(options: { name: string; setup: AttackSetup; colleague: Colleague }): Promise<Result[]> {
  const { name, setup, colleague } = options;
  const { stage } = colleague;
  await untilNothingIsRead(stage);
  // Just before each attack, and as long: the machine's speed drifts by two within minutes.
  const { value: calm } = await watch(stage, () => work(colleague, attackMs));
  const beforeMb = readMemory(stage.server.pid).rss;
  const watched = await watch(stage, async () => {
    const attacker = fork(join(import.meta.dirname, 'attacker.ts'));
    // Attackers have machines of their own: here they take what the server and the colleague leave.
    setPriority(attacker.pid ?? 0, 10);
    attacker.send({ name, setup } satisfies AttackOrder);
    await sleep(1_000);
    try {
      return await work(colleague, attackMs);
    } finally {
      const ended = new Promise((resolve) => attacker.once('exit', resolve));
      attacker.disconnect();
      await ended;
    }
  });
  let afterMb = readMemory(stage.server.pid).rss;
  for (const end = performance.now() + quietMs; afterMb > beforeMb * 1.1 && performance.now() < end; await sleep(1_000))
    afterMb = readMemory(stage.server.pid).rss;
  const rows = Object.entries(watched.value).map(([what, times]): Result => {
    const usual = percentile(calm[what as keyof Times], 0.95);
    const most = what === 'reads a page of PDF' ? 5_000 : 1_000;
    return {
      name: `${name}: a colleague ${what}, p95, and without`,
      value: percentile(times, 0.95),
      unit: 'ms',
      target: Math.min(most, Math.max(3 * usual, 50)),
      baseline: usual,
    };
  });
  return [
    ...rows,
    { name: `${name}: health was green`, value: watched.healthy, unit: 'of all', target: 1 },
    { name: `${name}: most memory (RSS)`, value: watched.peakMb, unit: 'MB', target: 700 },
    {
      name: `${name}: memory a minute later, and before`,
      value: afterMb,
      unit: 'MB',
      target: beforeMb * 1.1,
      baseline: beforeMb,
    },
  ];
}
