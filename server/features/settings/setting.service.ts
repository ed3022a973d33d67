import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Executor, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { invalidField } from '../../platform/errors.ts';
import { isSecretKey, ownerOfKey } from './setting.policy.ts';
import { presentSetting } from './setting.presenter.ts';
import { deleteSetting, findSetting, listSettings, saveSetting } from './setting.queries.ts';

export interface SettingService {
  list(): Promise<{ key: string; value: string; encrypted: boolean }[]>;
  /** What `POST /api/settings` does: keys that other endpoints own are refused. */
  save(actor: Actor, key: string, value: string): Promise<void>;
  /** The plain value; cached in memory and dropped by signals. Inside a transaction it is asked of the database. */
  find(key: string, tx?: Transaction): Promise<string | undefined>;
  /** Called inside a transaction, which the caller audits. */
  write(tx: Transaction, key: string, value: string, encrypted?: boolean): Promise<void>;
  remove(tx: Transaction, key: string): Promise<void>;
}

export function createSettingService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  encryption: Encryption;
}): SettingService {
  const { db, signals, audit, encryption } = options;
  const cache = new Map<string, string | undefined>();
  let generation = 0;

  function forget(key?: string): void {
    generation++;
    if (key === undefined) cache.clear();
    else cache.delete(key);
  }
  signals.onSignal((signal) => {
    if (signal.kind === 'setting') forget(signal.key);
  });
  signals.onReset(() => forget());

  async function write(tx: Transaction, key: string, value: string, encrypted = false): Promise<void> {
    const stored = encrypted ? encryption.encrypt(value, `setting:${key}`) : value;
    await saveSetting(tx, { key, value: stored, encrypted });
    signals.signal(tx, { kind: 'setting', key });
  }

  async function read(executor: Executor, key: string): Promise<string | undefined> {
    const row = await findSetting(executor, key);
    return row && (row.encrypted ? encryption.decrypt(row.value, `setting:${key}`) : row.value);
  }

  return {
    list: async () => (await listSettings(db)).map(presentSetting),
    async save(actor, key, value) {
      const owner = ownerOfKey(key);
      if (owner) throw invalidField('key', `This setting is changed under ${owner}.`);
      const encrypted = isSecretKey(key);
      await signals.transaction(actor, async (tx) => {
        await write(tx, key, value, encrypted);
        await audit.record(tx, {
          eventType: 'settings.updated',
          actor: { type: 'user', id: actor.userId },
          resource: `setting:${key}`,
          detail: { key, encrypted },
        });
      });
    },
    async find(key, tx) {
      if (tx) return read(tx, key);
      if (signals.listening && cache.has(key)) return cache.get(key);
      const before = generation;
      const value = await read(db, key);
      if (signals.listening && generation === before) cache.set(key, value);
      return value;
    },
    write,
    async remove(tx, key) {
      await deleteSetting(tx, key);
      signals.signal(tx, { kind: 'setting', key });
    },
  };
}
