import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureMaxBusyMs } from '../../../test/measure-max-busy.ts';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';

// A file of very many short lines, and a long text to find in it: each line may be a part of what was looked for.

let files: FilePlayground;
beforeAll(async () => {
  files = await createFilePlayground();
});
afterAll(() => files.remove());

it.each([
  ['a text of 200 letters', 'ab'.repeat(100)],
  ['letters that fall apart into many', '\ufdfa'.repeat(200)],
  ['the letters of the lines', `${'a '.repeat(99)}b`],
])(
  'others have their turn while %s is looked for in 300,000 lines',
  async (_what, find) => {
    await files.put('data/hr/lines.txt', Buffer.from('a\n'.repeat(300_000)));
    const spent = process.cpuUsage();
    let text = '';
    const busy = await measureMaxBusyMs(async () => {
      text = (await files.read({ path: '/data/hr/lines.txt', find })).text;
    });
    expect(text).toContain('no line contains it');
    expect(busy).toBeLessThan(100);
    expect(process.cpuUsage(spent).user / 1_000).toBeLessThan(6_000);
  },
  60_000,
);

it('finds what runs over many ends of lines, with hyphens and without', async () => {
  const lines = ['nothing', 'the annual leave of', 'twenty-', 'seven', 'working', 'days', 'is', 'paid'];
  await files.put('data/hr/over.txt', Buffer.from(lines.join('\n')));
  for (const find of ['leave of twenty-seven working days is', 'leave of twentyseven working days is paid'])
    expect((await files.read({ path: '/data/hr/over.txt', find })).text, find).toContain(
      '2: the annual leave of / twenty- /',
    );
});
