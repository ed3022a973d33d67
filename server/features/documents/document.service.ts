import type { DirectoryContent, StoredDocument } from '../../../contract/documents.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { PersonAuthority } from '../../db/authority.ts';
import type { Signals } from '../../db/signals.ts';
import { AppError, conflict, invalidField, notFound } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { shown } from '../../tools/files/virtual-path.ts';
import { createDocumentChanges } from './document-changes.ts';
import { namesBelowData, relativeNames, requireDirectoryName, virtualPathOf } from './document-name.ts';
import type { DocumentRoom } from './document-room.ts';
import { explainFault, findEntry, isLink, isWritable, withDirectory } from './held-directory.ts';
import { listDirectory } from './list-directory.ts';
import { dropStaged, makeIn, placeDocument, type StagedDocument, stageDocument } from './staged-document.ts';
import { countDocuments } from './walk-documents.ts';

export interface IncomingDocument {
  /** With the directories that it was dropped in, such as `2026/leave.pdf`. */
  filename: string;
  stream: AsyncIterable<Uint8Array>;
}

export interface DocumentForm {
  directory: string;
  replace: boolean;
  /** Bytes that are on the way, as far as is known. */
  announcedBytes: number;
  documents: AsyncIterable<IncomingDocument>;
}

export interface DocumentService {
  /** @throws AppError 404 */
  list(directory: string, page: { page: number; limit: number }): Promise<DirectoryContent>;
  /** All of a form, or none. @throws AppError 404, 409 for a name that is taken, 413, 507 */
  add(person: PersonAuthority, form: DocumentForm): Promise<StoredDocument[]>;
  /** @throws AppError 404 */
  remove(person: PersonAuthority, path: string): Promise<void>;
  /** @throws AppError 404 without the directory above it, 409 when there is one */
  createDirectory(person: PersonAuthority, path: string): Promise<{ path: string; name: string }>;
  /** @throws AppError 404, 409 when it is not empty and its contents are not to go as well */
  removeDirectory(person: PersonAuthority, path: string, options: { contents: boolean }): Promise<void>;
}

export function createDocumentService(options: {
  dataRoot: string;
  room: DocumentRoom;
  signals: Signals;
  audit: AuditTrail;
  log: Logger;
}): DocumentService {
  const { dataRoot, room, audit } = options;
  const { change, setAside, removeEmpty } = createDocumentChanges(options);
  const userActor = ({ userId }: PersonAuthority) => ({ type: 'user', id: userId }) as const;

  return {
    list: (directory, page) => listDirectory(dataRoot, namesBelowData(directory, 'directory'), page),

    async add(person, { directory, replace, announcedBytes, documents }) {
      const base = namesBelowData(directory, 'directory');
      await withDirectory(dataRoot, base, async (held) => {
        if (!(await isWritable(held))) throw explainFault(Object.assign(new Error(), { code: 'EACCES' }), directory);
      });
      const reserved = await room.reserve(announcedBytes);
      const staged: StagedDocument[] = [];
      let addedBytes = 0;
      try {
        for await (const { filename, stream } of documents) {
          const relative = relativeNames(filename);
          if (base.length + relative.length < 2)
            throw invalidField('directory', 'Choose a directory below /data/: agents are given directories.');
          staged.push(await stageDocument(dataRoot, { base, relative, stream: reserved.meter(stream), replace }));
        }
        if (staged.length === 0) throw invalidField('file', 'Send at least one document.');
        const placed = await change(person, base, async (tx, steps) => {
          const done = [];
          for (const each of staged) {
            const { names, size, replacedSize } = await placeDocument(dataRoot, each, { replace, ...steps });
            const path = virtualPathOf(names);
            await audit.record(tx, {
              eventType: 'document.created',
              actor: userActor(person),
              detail: { path, size, ...(replacedSize !== undefined && { replacedSize }) },
            });
            done.push({ path, size, addedBytes: size - (replacedSize ?? 0) });
          }
          return done;
        });
        addedBytes = placed.reduce((sum, document) => sum + document.addedBytes, 0);
        return placed.map(({ path, size }) => ({ path, size }));
      } catch (error) {
        for (const each of staged) await dropStaged(dataRoot, each);
        throw error;
      } finally {
        reserved.end(addedBytes);
      }
    },

    async remove(person, path) {
      const { above, name: asked } = placeOf(path);
      const size = await change(person, above, (tx, steps) =>
        withDirectory(dataRoot, above, async (directory) => {
          const found = await findEntry(directory, asked, 'spelling');
          const asShown = shown(path);
          if (!found) throw notFound(asShown);
          if (found.stats.isSymbolicLink()) throw isLink(asShown);
          if (!found.stats.isFile()) throw conflict(`${asShown} is a directory. Remove it as one.`);
          await audit.record(tx, {
            eventType: 'document.deleted',
            actor: userActor(person),
            detail: { path: virtualPathOf([...above, found.name]), size: found.stats.size },
          });
          await setAside(above, found.name, steps);
          return found.stats.size;
        }),
      );
      room.giveBack(size);
    },

    async createDirectory(person, path) {
      const { above, name: asked } = placeOf(path);
      const name = requireDirectoryName(asked);
      const made = virtualPathOf([...above, name]);
      await change(person, above, (tx, { undo }) =>
        withDirectory(dataRoot, above, async (directory) => {
          const found = await findEntry(directory, name, 'folded');
          if (found)
            throw new AppError('already_exists', `There is ${shown(virtualPathOf([...above, found.name]))} already.`);
          await makeIn(dataRoot, directory, name, undo);
          await audit.record(tx, { eventType: 'directory.created', actor: userActor(person), detail: { path: made } });
        }),
      );
      return { path: made, name };
    },

    async removeDirectory(person, path, { contents }) {
      const { above, name: asked } = placeOf(path);
      const bytes = await change(person, above, (tx, steps) =>
        withDirectory(dataRoot, above, async (directory) => {
          const found = await findEntry(directory, asked, 'spelling');
          const asShown = shown(path);
          if (!found) throw notFound(asShown);
          if (found.stats.isSymbolicLink()) throw isLink(asShown);
          if (!found.stats.isDirectory()) throw conflict(`${asShown} is a document. Remove it as one.`);
          const held = contents ? await countDocuments(directory.at(found.name)) : { documents: 0, bytes: 0 };
          await audit.record(tx, {
            eventType: 'directory.deleted',
            actor: userActor(person),
            detail: { path: virtualPathOf([...above, found.name]), documents: held.documents },
          });
          if (contents) await setAside(above, found.name, steps);
          else await removeEmpty(above, found.name, steps);
          return held.bytes;
        }),
      );
      room.giveBack(bytes);
    },
  };
}

/** The directory above a path, and the name in it. */
function placeOf(path: string): { above: string[]; name: string } {
  const above = namesBelowData(path, 'path');
  const name = above.pop();
  if (name === undefined) throw invalidField('path', 'Name a directory or document below /data/.');
  return { above, name };
}
