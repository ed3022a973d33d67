import { AsyncLocalStorage } from 'node:async_hooks';
import type { WritableDatabase, Transaction } from '../../db/client.ts';

/**
 * Lets Better Auth's writes join our transaction: the library is given `db`, which stands for the transaction of the
 * current scope where there is one. So a session and its audit row commit together or not at all.
 */
export interface TransactionScope {
  db: WritableDatabase;
  run<Result>(tx: Transaction, work: () => Promise<Result>): Promise<Result>;
}

export function createTransactionScope(db: WritableDatabase): TransactionScope {
  const current = new AsyncLocalStorage<Transaction>();
  const scoped = new Proxy(db, {
    get(target, property) {
      const source = current.getStore() ?? target;
      const value = Reflect.get(source, property, source) as unknown;
      return typeof value === 'function' ? value.bind(source) : value;
    },
  });
  return { db: scoped, run: (tx, work) => current.run(tx, work) };
}
