import type { BenchContext } from './bench-context.ts';
import { openChat } from './chat-client.ts';
import { askDirectly } from './direct-model.ts';
import { median, percentile, type Result } from './result.ts';
import { startServerProcess } from './server-process.ts';
import { createAgent, setStage, type Stage } from './stage.ts';

const rounds = 20;

/** How soon a new agent answers, and a changed permission counts: on the same server and on another replica. */
export async function benchPermissions(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const replica = await startServerProcess({ ...stage.environment, BACKGROUND_JOBS: '0' });
  context.onEnd(() => replica.stop());
  return [
    ...(await measureFirstAnswers(stage)),
    ...(await measureRefusals(stage, stage.url, 'the same server')),
    ...(await measureRefusals(stage, replica.url, 'another server')),
  ];
}

async function measureFirstAnswers(stage: Stage): Promise<Result[]> {
  const chat = await openChat(stage.url, stage.admin.cookie);
  const times: number[] = [];
  const direct: number[] = [];
  // The first rounds warm up and do not count.
  for (let round = -3; round < rounds; round += 1) {
    let start = performance.now();
    let first: number | undefined;
    const agent = await createAgent(stage, `New ${round}`);
    await chat.say(agent.id, 'Hello?', (frame) => {
      if (frame.type === 'chunk') first ??= performance.now() - start;
    });
    if (round >= 0) times.push(first ?? Number.NaN);
    start = performance.now();
    let firstDirect: number | undefined;
    await askDirectly(stage.double, () => (firstDirect ??= performance.now() - start));
    direct.push(firstDirect ?? Number.NaN);
  }
  chat.close();
  const model = median(direct);
  const name = "create agent → first text of its first answer, minus the model's own time";
  return [
    { name: `${name}, p50 of ${rounds}`, value: median(times) - model, unit: 'ms', target: 100 },
    { name: `${name}, p95`, value: percentile(times, 0.95) - model, unit: 'ms', target: 100 },
  ];
}

/** The tool is taken away while the model thinks: its very next call must be refused. Then it is given back. */
async function measureRefusals(stage: Stage, url: string, where: string): Promise<Result[]> {
  const agent = await createAgent(stage, `Tools on ${where}`, ['pinchy_ls']);
  const grant = (allowedTools: string[]) => stage.request('PATCH', `/api/agents/${agent.id}`, { allowedTools });
  const chat = await openChat(url, stage.admin.cookie);
  const times: number[] = [];
  let changedAt = 0;
  let refused = 0;
  let granted = 0;
  stage.double.respond(async (request) => {
    const isFollowUp = (request.messages.at(-1)?.toolResults?.length ?? 0) > 0;
    if (isFollowUp) return [{ text: 'Done.' }];
    await grant([]);
    changedAt = performance.now();
    return [{ toolCall: { name: 'pinchy_ls', input: {} } }];
  });
  for (let round = 0; round < rounds; round += 1) {
    await chat.say(agent.id, 'List the files.', (frame) => {
      if (frame.type !== 'tool' || frame.state === 'running') return;
      if (frame.state === 'denied') refused += 1;
      times.push(performance.now() - changedAt);
    });
    await grant(['pinchy_ls']);
    if (round % 5 === 0) granted += await countGranted(stage, chat, agent.id);
  }
  chat.close();
  stage.double.respond([{ text: 'Hello.' }]);
  return [
    {
      name: `permission taken away → next tool call refused, ${where}`,
      value: refused / rounds,
      unit: 'of all',
      target: 1,
    },
    {
      name: `permission given back → next tool call runs, ${where}`,
      value: granted / (rounds / 5),
      unit: 'of all',
      target: 1,
    },
    {
      name: `permission change answered → call refused, ${where}, p95`,
      value: percentile(times, 0.95),
      unit: 'ms',
      ...(where === 'another server' && { target: 1_000 }),
    },
  ];
}

async function countGranted(
  stage: Stage,
  chat: Awaited<ReturnType<typeof openChat>>,
  agentId: string,
): Promise<number> {
  let done = 0;
  stage.double.respondNext([{ toolCall: { name: 'pinchy_ls', input: {} } }]);
  await chat.say(agentId, 'List them again.', (frame) => {
    if (frame.type === 'tool' && frame.state === 'done') done = 1;
  });
  return done;
}
