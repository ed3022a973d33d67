import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deflateSync } from 'node:zlib';
import { ToolError } from '../tool.ts';
import { documentQueue, extractBytes, heavyQueue, readingLimits } from './extract-document.ts';
import { pdfWithContent, pdfWithPages } from '../../../test/files/file-fixtures.ts';
import { readerEntry } from './reader-processes.ts';

const { signal } = new AbortController();
const extract = (bytes: Uint8Array<ArrayBuffer>, options: { userId?: string; hardTime?: number } = {}) =>
  extractBytes({ bytes, kind: 'pdf', firstPage: 1, userId: 'ada', path: 'x.pdf', signal, ...options });
const say = (text: string) => extract(new Uint8Array(Buffer.from(text)), { userId: 'eve', hardTime: 15_000 });

/** Processes of this one that read documents, by their numbers. */
function readers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const isChild = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === String(process.pid);
        return isChild && /extract-worker|failing-reader/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
      } catch {
        return false;
      }
    });
}

describe('a process that reads a document', () => {
  const { file } = readerEntry;
  beforeEach(() => {
    readerEntry.file = () => join(import.meta.dirname, '../../../testkit/failing-reader.ts');
  });
  afterEach(() => {
    readerEntry.file = file;
  });

  it.each(['heap', 'native', 'abort', 'trap'])(
    'that runs out of memory (%s) ends alone, and the next is read',
    async (way) => {
      const before = process.memoryUsage.rss();
      await expect(say(way)).rejects.toThrow(/^x\.pdf needs too much memory to read\.$/);
      await expect(say(way)).rejects.toBeInstanceOf(ToolError);
      expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
      expect((await say('A page of text.')).pages).toEqual(['A page of text.']);
      expect([documentQueue.running, documentQueue.waiting]).toEqual([0, 0]);
    },
    120_000,
  );

  it('leaves the other one to those whose documents were light, once its account had heavy ones', async () => {
    const accounts = ['frank', 'grace'];
    const heavy = (way: string, hardTime: number) =>
      accounts.map((userId) => extract(new Uint8Array(Buffer.from(way)), { userId, hardTime }));
    // Time enough to run out of memory first, however busy the machine is.
    for (const first of await Promise.allSettled(heavy('heap', 25_000)))
      expect(String(first.status === 'rejected' && first.reason)).toContain('needs too much memory');
    const second = Promise.allSettled(heavy('loop', 4_000));
    await expect.poll(() => [heavyQueue.running, heavyQueue.waiting, documentQueue.running]).toEqual([1, 1, 1]);
    const light = await extract(new Uint8Array(Buffer.from('A page of text.')));
    expect([light.pages, heavyQueue.running, heavyQueue.waiting]).toEqual([['A page of text.'], 1, 1]);
    await second;
  }, 60_000);

  it('reads the next page of an account at once, though all others are at work', async () => {
    const page = () => extract(new Uint8Array(Buffer.from('A page of text.')), { userId: 'judy' });
    const before = readers();
    await page();
    const own = readers().find((pid) => !before.includes(pid));
    const long = ['ken', 'leo'].map((userId) =>
      extract(new Uint8Array(Buffer.from('loop')), { userId, hardTime: 3_000 }),
    );
    const over = Promise.allSettled(long);
    await expect.poll(() => [documentQueue.running, readers().length]).toEqual([2, 3]);
    expect((await page()).pages).toEqual(['A page of text.']);
    expect([documentQueue.running, documentQueue.waiting, heavyQueue.running]).toEqual([2, 0, 0]);
    expect(readers()).toContain(own);
    // What takes long takes its turn, and leaves the account no such process.
    const slow = extract(new Uint8Array(Buffer.from('loop')), { userId: 'judy', hardTime: 3_000 });
    const slowIsOver = Promise.allSettled([slow]);
    await expect.poll(() => documentQueue.waiting).toBe(1);
    await expect.poll(readers).not.toContain(own);
    await Promise.all([over, slowIsOver]);
    expect([documentQueue.running, documentQueue.waiting]).toEqual([0, 0]);
  }, 60_000);

  it('has the priority of a click while its document is short, and comes behind the server afterwards', async () => {
    const reading = extract(new Uint8Array(Buffer.from('A page of text.')), { userId: 'mia' });
    await expect.poll(() => readers().length).toBe(1);
    const [first = 0] = readers();
    await reading;
    expect(niceOf(first)).toBe(niceOf('self'));
    const long = new AbortController();
    const over = Promise.allSettled([
      extractBytes({
        ...{ bytes: new Uint8Array(Buffer.from('loop')), kind: 'pdf', firstPage: 1, userId: 'mia', path: 'x.pdf' },
        signal: long.signal,
      }),
    ]);
    await expect.poll(() => niceOf(first), { timeout: 8_000 }).toBe(niceOf('self') + 5);
    long.abort();
    await over;
    const next = extract(new Uint8Array(Buffer.from('loop')), { userId: 'mia', hardTime: 1_000 });
    await expect.poll(() => readers().map(niceOf)).toEqual([niceOf('self') + 5]);
    await Promise.allSettled([next]);
  }, 60_000);

  it('comes behind the server as well once many short documents of its account took much', async () => {
    const short = async () => {
      const reading = new AbortController();
      const busy = extractBytes({
        ...{ bytes: new Uint8Array(Buffer.from('loop')), kind: 'pdf', firstPage: 1, userId: 'nora', path: 'x.pdf' },
        signal: reading.signal,
      });
      const over = Promise.allSettled([busy]);
      await sleep(400);
      const [nice] = readers().map(niceOf);
      reading.abort();
      await over;
      return nice;
    };
    const first = await short();
    const rest: (number | undefined)[] = [];
    for (const end = performance.now() + 30_000; rest.at(-1) !== niceOf('self') + 5 && performance.now() < end;)
      rest.push(await short());
    expect([first, rest.at(-1)]).toEqual([niceOf('self'), niceOf('self') + 5]);
  }, 60_000);

  it('is tried in vain once, however many heavy ones an account has waiting', async () => {
    const failing = readerEntry.file();
    let started = 0;
    readerEntry.file = () => {
      started += 1;
      return failing;
    };
    const heavy = [1, 2, 3].map(() =>
      extract(new Uint8Array(Buffer.from('heap')), { userId: 'henry', hardTime: 25_000 }),
    );
    for (const each of await Promise.allSettled(heavy))
      expect(String(each.status === 'rejected' && each.reason)).toContain('needs too much memory');
    expect(started).toBe(4);
  }, 120_000);

  it('that does not come to an end is ended', async () => {
    await expect(extract(new Uint8Array(Buffer.from('loop')), { userId: 'eve', hardTime: 1_500 })).rejects.toThrow(
      'could not be read within 2 seconds',
    );
    await sleep(200);
    expect(readers().map(stateOf)).not.toContain('R');
  }, 20_000);
});

const niceOf = (pid: number | 'self') => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
};
const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];

describe('what documents may take', () => {
  const megabytes = (bytes: number) => {
    const { quick, full } = readingLimits(bytes);
    return [quick.memory, full.memory].map((each) => each / 1024 ** 2);
  };
  it('leaves a server of 1 GiB more than half, and is no more than ever where there is much', () => {
    expect(megabytes(1024 ** 3)).toEqual([174, 287]);
    expect(megabytes(24 * 1024 ** 3)).toEqual([384, 704]);
    expect(megabytes(256 * 1024 ** 2)).toEqual([160, 256]);
  });
});

describe('processes that read documents', () => {
  it('are kept for one account and end when there is nothing to read', async () => {
    const page = () => new Uint8Array(pdfWithPages(['The parental leave is 14 weeks.']));
    const before = readers();
    await extract(page(), { userId: 'grace' });
    const first = readers().find((pid) => !before.includes(pid));
    await extract(page(), { userId: 'grace' });
    expect(readers()).toContain(first);
    expect(readFileSync(`/proc/${first}/environ`, 'latin1')).not.toMatch(/PATH=|HOME=/);
    const others = ['a', 'b', 'c'].map((userId) => extract(page(), { userId }));
    await Promise.all(others);
    expect(readers().length).toBeLessThanOrEqual(3);
    await expect.poll(() => readers(), { timeout: 20_000, interval: 250 }).toEqual([]);
  }, 60_000);

  it('take the memory that a document needs, not the server', async () => {
    const content = Buffer.concat([
      Buffer.from('BT /F1 1 Tf ['),
      Buffer.alloc(100 * 1024 * 1024, '(x)1'),
      Buffer.from('] TJ ET'),
    ]);
    const bomb = pdfWithContent(deflateSync(content, { level: 1 }), { filter: '/Filter /FlateDecode' });
    const read = async () => {
      globalThis.gc?.();
      const before = process.memoryUsage.rss();
      let most = 0;
      const measuring = setInterval(() => (most = Math.max(most, process.memoryUsage.rss() - before)), 20);
      await expect(extract(new Uint8Array(bomb), { userId: 'mallory' })).rejects.toThrow(
        /too much memory|within 20 seconds/,
      );
      clearInterval(measuring);
      return most;
    };
    // What other tests of this process left may grow it in one round, not in each.
    const rounds = [await read(), await read()];
    expect(Math.min(...rounds)).toBeLessThan(120 * 1024 * 1024);
  }, 60_000);
});
