import { expect, test } from 'vitest';
import { maxDocumentBytes } from '../../../contract/limits.ts';
import { ApiError } from '../../api/api-error.ts';
import { type ChosenDocument, createDocumentQueue, type SendDocuments } from './document-queue.ts';

const document = (path: string, size = 10, directory = '/data/hr'): ChosenDocument => ({
  directory,
  path,
  file: { size } as File,
});
const refusal = (status: number, code: string, retryAfter?: number) =>
  new ApiError({ status, code, message: `Refused with ${code}.`, retryAfter });

interface Sent {
  paths: string[];
  replace: boolean;
}

/** A queue whose server does what `answer` says; resolves when all was sent. */
function queueWith(answer: (sent: Sent) => void = () => {}) {
  const sent: Sent[] = [];
  const waited: number[] = [];
  let stored = 0;
  const send: SendDocuments = async (documents, { replace, onProgress }) => {
    await Promise.resolve();
    onProgress(0.5);
    const form = { paths: documents.map(({ path }) => path), replace };
    sent.push(form);
    answer(form);
  };
  const queue = createDocumentQueue({
    send,
    onStored: () => (stored += 1),
    wait: async (seconds) => void waited.push(seconds),
  });
  const settled = async () => {
    await expect.poll(() => queue.state().isSending).toBe(false);
  };
  return { queue, sent, waited, settled, stored: () => stored };
}

test('small documents travel together, twenty and 8 MiB at most, and by directory', async () => {
  const { queue, sent, settled, stored } = queueWith();
  queue.add(Array.from({ length: 25 }, (_, index) => document(`${index}.txt`)));
  queue.add([document('a.pdf', 5 * 1024 ** 2), document('b.pdf', 5 * 1024 ** 2), document('c.txt', 1, '/data/it')]);
  expect(queue.state()).toMatchObject({ isSending: true, total: 28 });
  await settled();
  expect(sent.map(({ paths }) => paths.length)).toEqual([20, 6, 1, 1]);
  expect(queue.state()).toMatchObject({ done: 28, problems: [], sentBytes: queue.state().bytes });
  expect(stored()).toBe(4);
});

test('of a form that is refused each goes alone, and the one that exists waits for a decision', async () => {
  const there = ['b.txt'];
  const { queue, sent, settled } = queueWith(({ paths, replace }) => {
    if (!replace && paths.some((path) => there.includes(path))) throw refusal(409, 'already_exists');
  });
  queue.add([document('a.txt'), document('b.txt'), document('c.txt')]);
  await settled();
  expect(sent.map(({ paths }) => paths.join())).toEqual(['a.txt,b.txt,c.txt', 'a.txt', 'b.txt', 'c.txt']);
  expect(queue.state()).toMatchObject({ done: 2, problems: [{ kind: 'exists', document: { path: 'b.txt' } }] });
  queue.resolve(queue.state().problems);
  await settled();
  expect(sent.at(-1)).toEqual({ paths: ['b.txt'], replace: true });
  expect(queue.state()).toMatchObject({ done: 1, total: 1, problems: [] });
});

test('a server that is full ends it, and all that was not sent can be tried once more', async () => {
  let isFull = true;
  const { queue, sent, settled } = queueWith(() => {
    if (isFull) throw refusal(507, 'storage_full');
  });
  queue.add(Array.from({ length: 45 }, (_, index) => document(`${index}.txt`)));
  await settled();
  expect(sent).toHaveLength(1);
  expect(queue.state().problems).toHaveLength(45);
  isFull = false;
  queue.resolve(queue.state().problems);
  await settled();
  expect(queue.state()).toMatchObject({ done: 45, problems: [] });
});

test('a busy server is asked again when it said', async () => {
  let tries = 0;
  const { queue, waited, settled } = queueWith(() => {
    tries += 1;
    if (tries < 3) throw refusal(429, 'rate_limited', 7);
  });
  queue.add([document('a.txt')]);
  await settled();
  expect(waited).toEqual([7, 7]);
  expect(queue.state()).toMatchObject({ done: 1, problems: [] });
});

test('hidden files are left out, and what is too large is not sent', async () => {
  const { queue, sent, settled } = queueWith();
  queue.add(
    ['.DS_Store', '2026/.git/config', '~$plan.docx', 'Thumbs.db', '__MACOSX/a.txt', 'plan.docx'].map((path) =>
      document(path),
    ),
  );
  queue.add([document('film.mov', maxDocumentBytes + 1)]);
  await settled();
  expect(sent).toEqual([{ paths: ['plan.docx'], replace: false }]);
  expect(queue.state()).toMatchObject({ leftOut: 5, problems: [{ kind: 'too-large' }] });
});

test('what is stopped is sent no further', async () => {
  const { queue, sent, settled } = queueWith(() => queue.stop());
  queue.add(Array.from({ length: 60 }, (_, index) => document(`${index}.txt`)));
  await settled();
  expect(sent).toHaveLength(1);
  queue.add([document('later.txt')]);
  await settled();
  expect(sent).toHaveLength(2);
});
