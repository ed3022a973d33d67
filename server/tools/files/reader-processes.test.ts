import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deflateSync } from 'node:zlib';
import { ToolError } from '../tool.ts';
import { documentQueue, extractBytes } from './extract-document.ts';
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

  it('that does not come to an end is ended', async () => {
    await expect(extract(new Uint8Array(Buffer.from('loop')), { userId: 'eve', hardTime: 1_500 })).rejects.toThrow(
      'could not be read within 2 seconds',
    );
    await sleep(200);
    expect(readers().map(stateOf)).not.toContain('R');
  }, 20_000);
});

const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];

describe('processes that read documents', () => {
  it('are kept for one account, behind the server in priority, and end when there is nothing to read', async () => {
    const page = () => new Uint8Array(pdfWithPages(['The parental leave is 14 weeks.']));
    const before = readers();
    await extract(page(), { userId: 'grace' });
    const first = readers().find((pid) => !before.includes(pid));
    await extract(page(), { userId: 'grace' });
    expect(readers()).toContain(first);
    const stat = readFileSync(`/proc/${first}/stat`, 'latin1');
    const own = readFileSync('/proc/self/stat', 'latin1');
    const niceOf = (text: string) => Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[16]);
    expect(niceOf(stat)).toBeGreaterThan(niceOf(own));
    expect(readFileSync(`/proc/${first}/environ`, 'latin1')).not.toMatch(/PATH=|HOME=/);
    const others = ['a', 'b', 'c'].map((userId) => extract(page(), { userId }));
    await Promise.all(others);
    expect(readers().length).toBeLessThanOrEqual(2);
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
