import type { ModelDouble } from '../testkit/model-double.ts';

/** Asks the double itself, by plain `fetch`, what Pinchy asked it last, and hands over each piece of the body. */
export async function askDirectly(double: ModelDouble, onText: (text: string) => void): Promise<void> {
  const last = double.requests.findLast((request) => request.chat !== undefined);
  if (!last) throw new Error('Pinchy has not asked the model yet.');
  const answer = await fetch(new URL(last.path, double.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'bench', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify(last.body),
  });
  if (!answer.ok || !answer.body) throw new Error(`The double answered ${answer.status}.`);
  const decoder = new TextDecoder();
  for await (const piece of answer.body) onText(decoder.decode(piece as Uint8Array, { stream: true }));
}
