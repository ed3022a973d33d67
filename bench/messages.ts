import type { BenchContext } from './bench-context.ts';
import { openChat } from './chat-client.ts';
import { percentile, type Result } from './result.ts';
import { createAgent, setStage } from './stage.ts';

const people = 50;
const messagesPerPerson = 20;

/** Fifty people who each say the next thing as soon as their short answer is there: how many messages a process takes. */
export async function benchMessages(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const agent = await createAgent(stage, 'Bench');
  const users = await stage.createUsers(people);
  const chats = await Promise.all(users.map((user) => openChat(stage.url, user.cookie)));
  context.onEnd(async () => chats.forEach((chat) => chat.close()));
  const times: number[] = [];
  const talk = async (rounds: number) => {
    await Promise.all(
      chats.map(async (chat) => {
        for (let round = 0; round < rounds; round += 1) {
          const start = performance.now();
          await chat.say(agent.id, `Question ${round}: how many days of holiday do we have?`, () => undefined);
          times.push(performance.now() - start);
        }
      }),
    );
  };
  await talk(2);
  times.length = 0;
  const cpuBefore = stage.server.cpuSeconds();
  const databaseBefore = stage.databaseCpuSeconds();
  const start = performance.now();
  await talk(messagesPerPerson);
  const seconds = (performance.now() - start) / 1_000;
  const answered = people * messagesPerPerson;
  const name = `${people} people who talk without a pause`;
  const cpuEach = (now: number, before: number) => ((now - before) * 1_000) / answered;
  return [
    { name: `${name}: short answers`, value: answered / seconds, unit: '/s', target: 250 },
    { name: `${name}: one answer, p95`, value: percentile(times, 0.95), unit: 'ms' },
    {
      name: `${name}: processor time of the server, each`,
      value: cpuEach(stage.server.cpuSeconds(), cpuBefore),
      unit: 'ms',
      target: 4,
    },
    {
      name: `${name}: processor time of PostgreSQL, each`,
      value: cpuEach(stage.databaseCpuSeconds(), databaseBefore),
      unit: 'ms',
      target: 2,
    },
  ];
}
