import { afterAll, expect, test } from 'vitest';
import { closeDoubles, collect, imageData, startRun, user } from '../../../test/native-run.ts';

afterAll(closeDoubles);

test('a request brings along the newest pictures only, each once, and says of the others what became of them', async () => {
  const loaded: string[] = [];
  const run = await startRun('openai', {
    vision: true,
    loadImage: async (_owner, { path }) => {
      loaded.push(path);
      return path === '/data/19.png'
        ? { missing: '[The image /data/19.png has been changed since.]' }
        : { data: imageData };
    },
  });
  const looked = (position: number, number: number, bytes = 70) => ({
    position,
    role: 'assistant' as const,
    text: '',
    toolCalls: [
      {
        toolCallId: `c${position}`,
        name: 'pinchy_ls',
        input: {},
        output: `Picture ${number}`,
        failed: false,
        images: [{ mediaType: 'image/png', path: `/data/${number}.png`, sha256: String(number), bytes }],
      },
    ],
  });
  const looks = Array.from({ length: 20 }, (_, number) => looked(number + 2, number));
  await collect(run.start({ messages: [user('See'), ...looks, looked(30, 19), user('And now?', 31)] }));
  expect(loaded).toEqual(Array.from({ length: 10 }, (_, index) => `/data/${19 - index}.png`));
  const body = JSON.stringify(run.double.requests[0]?.body);
  expect(body.split(imageData)).toHaveLength(10);
  expect(body).toContain('has been changed since');
  expect(body).toContain('The image /data/0.png was shown here and is left out now');

  loaded.length = 0;
  const large = 4 * 1024 * 1024;
  await collect(run.start({ messages: [user('See'), looked(2, 1, large), looked(3, 2, large), looked(4, 3, large)] }));
  expect(loaded).toEqual(['/data/3.png', '/data/2.png']);
});
