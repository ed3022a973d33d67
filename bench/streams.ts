import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Step } from '../testkit/model-double.ts';
import type { BenchContext } from './bench-context.ts';
import { openChat } from './chat-client.ts';
import { askDirectly } from './direct-model.ts';
import { percentile, type Result } from './result.ts';
import { readMemory, type ServerProcess, startServerProcess } from './server-process.ts';
import { createAgent, setStage, type Stage } from './stage.ts';

const streams = 500;
const tokensPerSecond = 20;
const rampSeconds = 5;
const steadySeconds = 15;
const directSeconds = 5;
const delayResolutionMs = 5;

/**
 * 500 people whose answers come at 20 tokens/s. Each token is the moment at which the double wrote it, so its delay is
 * known when it arrives. Clients and double share this process; the server has one of its own. How late tokens arrive
 * when the same process asks the double directly is the baseline: that delay is the harness's.
 */
export async function benchStreams(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const outcome = await stream(context, stage, [stage.server]);
  return [
    ...present(outcome, `${streams} streams at ${tokensPerSecond} tokens/s`, 100),
    {
      name: `${streams} streams at ${tokensPerSecond} tokens/s: processor time of clients and double`,
      value: outcome.ownCpu,
      unit: '%',
    },
    {
      name: `${streams} streams at ${tokensPerSecond} tokens/s: how late clients and double were themselves, p95`,
      value: outcome.ownDelay,
      unit: 'ms',
    },
  ];
}

/** The same streams on two replicas, half of the sockets on each. PostgreSQL is a server of its own here and there. */
export async function benchReplicas(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const replica = await startServerProcess({ ...stage.environment, BACKGROUND_JOBS: '0' });
  context.onEnd(() => replica.stop());
  const outcome = await stream(context, stage, [stage.server, replica]);
  return present(outcome, `two replicas, ${streams} streams`);
}

interface Outcome {
  errors: number;
  /** Of all that were written. */
  arrived: number;
  delays: number[];
  /** What the harness alone adds. */
  direct: number[];
  firsts: number[];
  /** In percent of one core, of the replica that works most. */
  cpu: number;
  ownCpu: number;
  /** How late the event loop of clients and double was, p95, in milliseconds. */
  ownDelay: number;
  /** Of the replica that takes most, in MB. */
  memory: number;
}

async function stream(context: BenchContext, stage: Stage, servers: ServerProcess[]): Promise<Outcome> {
  const agent = await createAgent(stage, 'Bench');
  const people = await stage.createUsers(streams);
  for (const { url } of servers) await openWarm(stage, url, agent.id);
  const chats = await Promise.all(
    people.map((person, index) => openChat(servers[index % servers.length]?.url ?? '', person.cookie)),
  );
  context.onEnd(async () => chats.forEach((chat) => chat.close()));

  stage.double.respond(() => createTokens(rampSeconds + steadySeconds));
  const delays: number[] = [];
  const firsts: number[] = [];
  const errors: unknown[] = [];
  let tokens = 0;
  const start = performance.now();
  const isSteady = (now: number) =>
    now - start > rampSeconds * 1_000 && now - start < (rampSeconds + steadySeconds) * 1_000;
  const answers = chats.map(async (chat, index) => {
    await sleep((index / streams) * rampSeconds * 1_000);
    const asked = performance.now();
    let first: number | undefined;
    const take = (content: string) => {
      const now = performance.now();
      first ??= now - asked;
      for (const written of content.trim().split(' ')) {
        tokens += 1;
        if (isSteady(now)) delays.push(now - Number(written));
      }
    };
    await chat.say(agent.id, 'Tell me everything.', (frame) => {
      if (frame.type === 'chunk') take(frame.content ?? '');
    });
    firsts.push(first ?? Number.NaN);
  });
  await sleep(rampSeconds * 1_000);
  const cpuBefore = servers.map((server) => server.cpuSeconds());
  const ownBefore = process.cpuUsage();
  const ownDelays = monitorEventLoopDelay({ resolution: delayResolutionMs });
  ownDelays.enable();
  await sleep(steadySeconds * 1_000);
  const cpu = servers.map((server, index) => ((server.cpuSeconds() - (cpuBefore[index] ?? 0)) / steadySeconds) * 100);
  const own = process.cpuUsage(ownBefore);
  ownDelays.disable();
  const memory = process.platform === 'linux' ? Math.max(...servers.map(({ pid }) => readMemory(pid).rss)) : Number.NaN;
  for (const outcome of await Promise.allSettled(answers))
    if (outcome.status === 'rejected') errors.push(outcome.reason);
  if (errors.length > 0) console.error('The first of the errors:', errors[0]);
  return {
    errors: errors.length,
    arrived: tokens / (streams * (rampSeconds + steadySeconds) * tokensPerSecond),
    delays,
    direct: await measureDirectly(stage),
    firsts,
    cpu: Math.max(...cpu),
    ownCpu: (own.user + own.system) / 1e4 / steadySeconds,
    ownDelay: Math.max(0, ownDelays.percentile(95) / 1e6 - delayResolutionMs),
    memory,
  };
}

/** `delay`: the target of the chunk delay's p95, in milliseconds. */
function present(outcome: Outcome, name: string, delay?: number): Result[] {
  const { errors, arrived, delays, direct, firsts, cpu, memory } = outcome;
  return [
    { name: `${name}: errors`, value: errors, unit: 'count', target: 0 },
    { name: `${name}: tokens that arrived`, value: arrived, unit: 'of all', target: 1 },
    { name: `${name}: chunk delay p50`, value: percentile(delays, 0.5), unit: 'ms', baseline: percentile(direct, 0.5) },
    {
      name: `${name}: chunk delay p95`,
      value: percentile(delays, 0.95),
      unit: 'ms',
      ...(delay !== undefined && { target: delay }),
      baseline: percentile(direct, 0.95),
    },
    {
      name: `${name}: message → first chunk p95, ${streams / rampSeconds} messages/s`,
      value: percentile(firsts, 0.95),
      unit: 'ms',
      target: 1_000,
    },
    { name: `${name}: processor time of a server`, value: cpu, unit: '%' },
    { name: `${name}: memory of a server`, value: memory, unit: 'MB' },
  ];
}

/** One answer before it counts, so that the double knows what Pinchy asks. */
async function openWarm(stage: Stage, url: string, agentId: string): Promise<void> {
  const chat = await openChat(url, stage.admin.cookie);
  await chat.say(agentId, 'Hello?', () => undefined);
  chat.close();
}

/** Steps whose text and pause are found out when they are played; paced by the clock, so that delays do not add up. */
function createTokens(seconds: number): Step[] {
  const start = performance.now();
  const interval = 1_000 / tokensPerSecond;
  return Array.from({ length: seconds * tokensPerSecond }, (_, index): Step[] => [
    {
      get wait() {
        return Math.max(0, start + index * interval - performance.now());
      },
    },
    {
      get text() {
        return `${performance.now().toFixed(1)} `;
      },
    },
  ]).flat();
}

async function measureDirectly(stage: Stage): Promise<number[]> {
  stage.double.respond(() => createTokens(directSeconds));
  const delays: number[] = [];
  await Promise.all(
    Array.from({ length: streams }, async (_, index) => {
      await sleep((index / streams) * 1_000);
      await askDirectly(stage.double, (text) => {
        const now = performance.now();
        for (const [, written] of text.matchAll(/"text":"([\d.]+) "/g)) delays.push(now - Number(written));
      });
    }),
  );
  return delays;
}
