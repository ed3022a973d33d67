import type { AuditTrail } from '../../audit/audit-trail.ts';
import { systemAuthority } from '../../db/authority.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Logger } from '../../platform/logger.ts';
import { findBudget } from './budget.queries.ts';
import { isAnyReached, lockAllBudgets, noteReached } from './reservation.queries.ts';

/** Tells, once for each period and threshold, that so much of a budget was spent. */
export interface ReachedBudgets {
  /** Something was spent: looks a moment later, for all that is spent meanwhile. */
  look(): void;
  stop(): Promise<void>;
}

const pauseMs = 250;

export function createReachedBudgets(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  log: Logger;
}): ReachedBudgets {
  const { db, signals, audit, log } = options;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function note(): Promise<void> {
    if (!(await isAnyReached(db))) return;
    await signals.transaction(systemAuthority, async (tx) => {
      await lockAllBudgets(tx);
      for (const { id, percent, spent } of await noteReached(tx)) {
        const budget = await findBudget(tx, id);
        if (!budget) continue;
        const { scope, scopeId, scopeName: name, unit, period, amount } = budget;
        await audit.record(tx, {
          eventType: 'budget.reached',
          actor: { type: 'system' },
          resource: `budget:${id}`,
          detail: { ...{ scope, scopeId, name, unit, period, amount }, percent, spent },
        });
      }
    });
  }

  return {
    look() {
      if (isStopped) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        looking = looking.then(note).catch((error: unknown) => log.warn({ error }, 'budgets could not be looked at'));
      }, pauseMs).unref();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
