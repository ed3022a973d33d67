import { rename, rm, rmdir } from 'node:fs/promises';
import type { PersonAuthority } from '../../db/authority.ts';
import type { Transaction } from '../../db/client.ts';
import { lockWork } from '../../db/lock-work.ts';
import type { Signals } from '../../db/signals.ts';
import { conflict } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { shown } from '../../tools/files/virtual-path.ts';
import { virtualPathOf } from './document-name.ts';
import { changed, codeOf, explainFault, withDirectory } from './held-directory.ts';
import { makeIn, ownName, type Undo } from './staged-document.ts';

/** Steps on the disk within a transaction. */
interface Steps {
  /** Taken back, the last one first, when the transaction comes to nothing. */
  undo: Undo[];
  /** Done once it has committed. */
  settle: Undo[];
}

/** Changes of the disk that hold together with the transaction that records them. */
export function createDocumentChanges(options: { dataRoot: string; signals: Signals; log: Logger }) {
  const { dataRoot, signals, log } = options;

  /**
   * One change after the other, on all replicas; what was done on the disk is taken back when it cannot be recorded, and the
   * directory is indexed anew.
   */
  async function change<Value>(
    person: PersonAuthority,
    directory: string[],
    work: (tx: Transaction, steps: Steps) => Promise<Value>,
  ): Promise<Value> {
    const steps: Steps = { undo: [], settle: [] };
    const each = async (made: Undo[]) => {
      for (const step of made) {
        await step().catch((error: unknown) => log.warn({ error }, 'a document could not be put back or cleared away'));
      }
    };
    let value: Value;
    try {
      value = await signals.transaction(person, async (tx) => {
        await lockWork(tx, 'documents');
        const done = await work(tx, steps);
        signals.signal(tx, { kind: 'knowledge', path: directory.length > 0 ? virtualPathOf(directory) : null });
        return done;
      });
    } catch (error) {
      await each(steps.undo.toReversed());
      throw error;
    }
    await each(steps.settle);
    return value;
  }

  /** Hides what is to go until that is certain, then removes it. */
  async function setAside(above: string[], name: string, { undo, settle }: Steps): Promise<void> {
    const aside = ownName();
    const inAbove = (work: (at: (name: string) => string) => Promise<void>) => () =>
      withDirectory(dataRoot, above, (directory) => work(directory.at));
    const path = shown(virtualPathOf(above));
    await inAbove((at) => rename(at(name), at(aside)))().catch((error: unknown) => {
      throw codeOf(error) === 'ENOENT' ? changed() : explainFault(error, path);
    });
    undo.push(inAbove((at) => rename(at(aside), at(name))));
    settle.push(inAbove((at) => rm(at(aside), { recursive: true, force: true })));
  }

  async function removeEmpty(above: string[], name: string, { undo }: Steps): Promise<void> {
    const path = shown(virtualPathOf([...above, name]));
    await withDirectory(dataRoot, above, async (directory) => {
      await rmdir(directory.at(name)).catch((error: unknown) => {
        if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST')
          throw conflict(`${path} is not empty. Remove what lies in it first, hidden files too.`);
        throw explainFault(error, path);
      });
      undo.push(() => withDirectory(dataRoot, above, async (again) => void (await makeIn(dataRoot, again, name, []))));
    });
  }

  return { change, setAside, removeEmpty };
}
