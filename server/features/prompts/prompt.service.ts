import { maxPrompts } from '../../../contract/limits.ts';
import type { Prompt, PromptLibrary } from '../../../contract/prompts.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { presentPrompt } from './prompt.presenter.ts';
import {
  deletePrompt,
  findPromptForUpdate,
  insertPrompt,
  listPrompts,
  lockAndCountPrompts,
  type PromptRow,
  updatePrompt,
} from './prompt.queries.ts';

interface PromptBody {
  name: string;
  text: string;
}
type PromptChanges = { [Field in keyof PromptBody]?: PromptBody[Field] | undefined };

/** Prompts of a person, or with an admin as the actor those of the organisation. Those of others are not found. */
export interface PromptService {
  /** What the person may use, by name. */
  list(actor: Actor): Promise<Prompt[]>;
  /** @throws AppError 409 when the library is full */
  create(actor: Actor, library: PromptLibrary, body: PromptBody): Promise<Prompt>;
  update(actor: Actor, library: PromptLibrary, id: string, changes: PromptChanges): Promise<Prompt>;
  remove(actor: Actor, library: PromptLibrary, id: string): Promise<void>;
}

export function createPromptService(options: { db: Database; signals: Signals; audit: AuditTrail }): PromptService {
  const { db, signals, audit } = options;
  return {
    async list({ userId }) {
      return (await listPrompts(db, userId)).map(presentPrompt);
    },
    async create(actor, library, { name, text }) {
      const of = { library, userId: actor.userId };
      return signals.transaction(actor, async (tx) => {
        if ((await lockAndCountPrompts(tx, of)) >= maxPrompts)
          throw conflict(`There are ${maxPrompts} prompts already. Delete one that is not used any more.`);
        const row = await insertPrompt(tx, of, { name, text });
        await audit.record(tx, {
          eventType: 'prompt.created',
          actor: { type: 'user', id: actor.userId },
          resource: `prompt:${row.id}`,
          detail: { library, name, characters: text.length },
        });
        return presentPrompt(row);
      });
    },
    async update(actor, library, id, { name, text }) {
      return signals.transaction(actor, async (tx) => {
        const before = await lock(tx, actor, library, id);
        const after = { name: name ?? before.name, text: text ?? before.text };
        if (after.name === before.name && after.text === before.text) return presentPrompt(before);
        const row = await updatePrompt(tx, id, after);
        await audit.record(tx, {
          eventType: 'prompt.updated',
          actor: { type: 'user', id: actor.userId },
          resource: `prompt:${id}`,
          detail: { library, name: before.name, changes: changesOf(before, after) },
        });
        return presentPrompt(row);
      });
    },
    async remove(actor, library, id) {
      await signals.transaction(actor, async (tx) => {
        const { name } = await lock(tx, actor, library, id);
        await deletePrompt(tx, id);
        await audit.record(tx, {
          eventType: 'prompt.deleted',
          actor: { type: 'user', id: actor.userId },
          resource: `prompt:${id}`,
          detail: { library, name },
        });
      });
    },
  };
}

async function lock(tx: Transaction, { userId }: Actor, library: PromptLibrary, id: string): Promise<PromptRow> {
  const row = await findPromptForUpdate(tx, { library, userId }, id);
  if (!row) throw notFound('The prompt');
  return row;
}

/** Of a text its length: what it says is nobody's business who reads the trail. */
function changesOf(before: PromptBody, after: PromptBody) {
  return {
    ...(before.name !== after.name && { name: { from: before.name, to: after.name } }),
    ...(before.text !== after.text && { characters: { from: before.text.length, to: after.text.length } }),
  };
}
