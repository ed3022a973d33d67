import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchContext } from './bench-context.ts';
import { openChat } from './chat-client.ts';
import { median, percentile, type Result } from './result.ts';
import { readMemory } from './server-process.ts';
import { soakMinutes } from './soak-minutes.ts';
import { type BenchAgent, type BenchUser, createAgent, setStage, type Stage } from './stage.ts';

const people = 25;
const messagesPerChat = 20;
const pauseMs = 1_500;
const sampleSeconds = Math.min(30, soakMinutes * 1.5);
/** What fills once: code that is compiled, caches, pools, pages that the collector keeps. */
const warmUpShare = 0.4;

interface Sample {
  minutes: number;
  memory: number;
  heap: number;
  connections: number;
  files: number;
  database: number;
  answers: number;
}

interface Count {
  answers: number;
  sockets: number;
  signIns: number;
  reads: number;
  errors: unknown[];
}

/**
 * People who begin chats, talk, read back and leave, others who sign in, and an admin who reads the trail, for a while.
 * What the server holds on to is looked at every 30 s; flat is what does not grow after the first two fifths.
 */
export async function benchSoak(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const agent = await createAgent(stage, 'Bench');
  const users = await stage.createUsers(people);
  stage.double.respond([
    { text: 'one two three four five six seven eight nine ten. '.repeat(8), chunks: 20, delayMs: 20 },
  ]);
  const count: Count = { answers: 0, sockets: 0, signIns: 0, reads: 0, errors: [] };
  const end = performance.now() + soakMinutes * 60_000;
  const again = async (everyMs: number, work: () => Promise<void>) => {
    while (performance.now() < end) {
      await work().catch((error: unknown) => count.errors.push(error));
      await sleep(everyMs);
    }
  };
  const load = [
    ...users.map((user) => again(0, () => haveChat(stage, { agent, user, count, end }))),
    again(2_000, () => signIn(stage, count)),
    again(1_000, () => readTrail(stage, count, '/api/audit?limit=50')),
    again(60_000, () => readTrail(stage, count, '/api/audit/verify')),
    again(200, () => readTrail(stage, count, '/api/agents')),
  ];
  const samples: Sample[] = [];
  const start = performance.now();
  while (performance.now() < end) {
    await sleep(Math.min(sampleSeconds * 1_000, Math.max(0, end - performance.now())));
    samples.push(await take(stage, (performance.now() - start) / 60_000, count.answers));
  }
  await Promise.all(load);
  if (count.errors.length > 0) console.error('The first of the errors:', count.errors[0]);
  return present(samples, count);
}

/** A new chat, a socket for it, some messages with pauses, a look back at the history, and away. */
async function haveChat(
  stage: Stage,
  { agent, user, count, end }: { agent: BenchAgent; user: BenchUser; count: Count; end: number },
): Promise<void> {
  await sleep(Math.random() * pauseMs);
  const answer = await fetch(`${stage.url}/api/agents/${agent.id}/chats`, {
    method: 'POST',
    headers: { cookie: user.cookie, 'content-type': 'application/json' },
    body: '{}',
  });
  if (!answer.ok) throw new Error(`A new chat was answered with ${answer.status}.`);
  const { id: chatId } = (await answer.json()) as { id: string };
  const chat = await openChat(stage.url, user.cookie, chatId);
  count.sockets += 1;
  try {
    for (let turn = 0; turn < messagesPerChat && performance.now() < end; turn += 1) {
      await chat.say(agent.id, `Question ${turn}: how many days of holiday do we have?`, () => undefined);
      count.answers += 1;
      if (turn % 5 === 0) await chat.readHistory(agent.id);
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  } finally {
    chat.close();
  }
}

/** In and out again: fifty-one sessions would end the one that reads the trail. */
async function signIn(stage: Stage, count: Count): Promise<void> {
  const post = (path: string, cookie: string, body: object) =>
    fetch(`${stage.url}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
  const entered = await post('sign-in/email', '', { email: 'ada@example.com', password: 'correct horse battery' });
  const cookie = entered.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
  const left = await post('sign-out', cookie.join('; '), {});
  if (!entered.ok || !left.ok)
    throw new Error(`Signing in and out was answered with ${entered.status}, ${left.status}.`);
  count.signIns += 1;
}

async function readTrail(stage: Stage, count: Count, path: string): Promise<void> {
  await stage.request('GET', path);
  count.reads += 1;
}

async function take(stage: Stage, minutes: number, answers: number): Promise<Sample> {
  const { pid } = stage.server;
  const metrics = await (await fetch(`${stage.url}/metrics`)).text();
  const heap = Number(/^pinchy_nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1]) / 1e6;
  const { rows } = await stage.database.query<{ connections: number; bytes: string }>(
    `select (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
       pg_database_size(current_database()) as bytes`,
  );
  const sample = {
    minutes,
    memory: readMemory(pid).rss,
    heap,
    connections: rows[0]?.connections ?? Number.NaN,
    files: readdirSync(`/proc/${pid}/fd`).length,
    database: Number(rows[0]?.bytes) / 1e6,
    answers,
  };
  const { memory, connections, files, database } = sample;
  console.log(
    `${minutes.toFixed(1)} min: ${memory.toFixed(0)} MB, heap ${heap.toFixed(0)} MB, ${connections} connections, ` +
      `${files} files, database ${database.toFixed(0)} MB, ${answers} answers`,
  );
  return sample;
}

function present(samples: Sample[], count: Count): Result[] {
  const warm = samples.slice(Math.floor(samples.length * warmUpShare));
  const first = warm[0];
  const last = warm.at(-1);
  const perAnswer = ((last?.database ?? 0) - (first?.database ?? 0)) / ((last?.answers ?? 0) - (first?.answers ?? 0));
  const name = `soak of ${soakMinutes} min`;
  const growth = (title: string, read: (sample: Sample) => number, target: number): Result[] => [
    { name: `${name}: ${title}, median after warm-up`, value: median(warm.map(read)), unit: 'MB' },
    { name: `${name}: ${title}, growth after warm-up by its trend`, value: trend(warm, read), unit: '%', target },
  ];
  return [
    { name: `${name}: answers, ${people} people`, value: count.answers, unit: 'count' },
    { name: `${name}: sockets that came and went`, value: count.sockets, unit: 'count' },
    { name: `${name}: sign-ins`, value: count.signIns, unit: 'count' },
    { name: `${name}: reads of trail and agents`, value: count.reads, unit: 'count' },
    { name: `${name}: errors`, value: count.errors.length, unit: 'count', target: 0 },
    ...growth('memory of the server', ({ memory }) => memory, 5),
    ...growth('its heap', ({ heap }) => heap, 10),
    {
      name: `${name}: connections to PostgreSQL, most`,
      value: percentile(
        warm.map((one) => one.connections),
        1,
      ),
      unit: 'count',
      target: 23,
    },
    {
      name: `${name}: open files of the server, growth by its trend`,
      value: trend(warm, ({ files }) => files),
      unit: '%',
      target: 5,
    },
    { name: `${name}: growth of the database for each answer`, value: perAnswer * 1_000, unit: 'kB' },
  ];
}

/**
 * Growth from the first sample to the last in percent of the median, by the median of all slopes between two samples
 * (Theil–Sen), so that a collection of garbage here or there does not count.
 */
function trend(samples: Sample[], read: (sample: Sample) => number): number {
  const slopes = samples.flatMap((later, index) =>
    samples.slice(0, index).map((earlier) => (read(later) - read(earlier)) / (later.minutes - earlier.minutes)),
  );
  const minutes = (samples.at(-1)?.minutes ?? 0) - (samples[0]?.minutes ?? 0);
  return ((median(slopes) * minutes) / median(samples.map(read))) * 100;
}
