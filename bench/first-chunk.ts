import type { BenchContext } from './bench-context.ts';
import { openChat, timeFirstChunk } from './chat-client.ts';
import { askDirectly } from './direct-model.ts';
import { median, percentile, type Result } from './result.ts';
import { createAgent, setStage } from './stage.ts';

const users = 20;
const messagesPerUser = 10;

/**
 * From sending a message to its first chunk, minus what the provider double takes when it is asked the same by plain
 * fetch. Both are measured in turns, so that a busy machine burdens them alike.
 */
export async function benchFirstChunk(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const agent = await createAgent(stage, 'Bench');
  const people = await stage.createUsers(users + 1);
  const through: number[] = [];
  const direct: number[] = [];

  for (const [index, person] of people.entries()) {
    const chat = await openChat(stage.url, person.cookie);
    // The first person warms everything up.
    const counts = index > 0;
    for (let message = 0; message < messagesPerUser; message += 1) {
      const first = await timeFirstChunk(chat, agent.id, `Question ${message}: how many days of holiday do we have?`);
      if (counts) through.push(first);

      const start = performance.now();
      let firstDirect: number | undefined;
      await askDirectly(stage.double, (text) => {
        if (text.includes('text_delta')) firstDirect ??= performance.now() - start;
      });
      if (counts) direct.push(firstDirect ?? Number.NaN);
    }
    chat.close();
  }
  const model = median(direct);
  const result = (share: number, target: number): Result => ({
    name: `socket message → first chunk, minus the model's own time, p${share * 100} of ${through.length}`,
    value: percentile(through, share) - model,
    unit: 'ms',
    target,
  });
  return [
    result(0.5, 10),
    result(0.95, 25),
    {
      name: 'socket message → first chunk, p50, and the model asked directly',
      value: median(through),
      unit: 'ms',
      baseline: model,
    },
  ];
}
