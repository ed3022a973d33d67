import { LRUCache } from 'lru-cache';
import type { BudgetScope } from '../../../contract/budget-words.ts';
import type { ChatSpending, PriceUsage } from '../../chat/ports.ts';
import { systemAuthority } from '../../db/authority.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { BudgetExceeded, type PlannedCall, type Spender, type Spending } from '../../runtime/spending.ts';
import { amountsOf } from './call-amounts.ts';
import {
  chargeReserved,
  deleteOver,
  deleteReservations,
  findLimited,
  findRoom,
  holdCharges,
  insertReservations,
  lockBudgets,
  lockReserved,
  type Room,
} from './reservation.queries.ts';

/** Reserving and settling. Everything of it costs no trip to the database where no budget concerns who asks. */
export type BudgetSpending = Spending & ChatSpending;

/** Fewer are no answer: then the call is not made. */
const leastWrites = 1_024;
/** No call takes as long. */
const reservedMinutes = 120;
/** Of UTF-8, so that no script is counted too low. */
const bytesPerToken = 3;
/** What a model thinks is billed, and may be told to nobody: as much as a fast one writes while nothing is heard of it. */
const silentTokensPerSecond = 150;
/** A provider that refuses does so sooner, and bills nothing. */
const refusedWithinMs = 30_000;

/** What came of a call that is reserved here. */
interface Heard {
  bytes: number;
  since: number;
  firstAt: number | undefined;
}

interface Limited {
  organisation: boolean;
  groups: boolean;
  ids: Set<string>;
  any: boolean;
}

export function createSpending(options: {
  db: Database;
  signals: Signals;
  priceUsage: PriceUsage;
  /** Something was spent where there are budgets. */
  onSpent: () => void;
}): BudgetSpending {
  const { db, signals, priceUsage, onSpent } = options;
  const heard = new LRUCache<string, Heard>({ max: 20_000 });
  let known: Limited | undefined;
  let generation = 0;

  function drop(): void {
    generation += 1;
    known = undefined;
    // Known again before anybody asks.
    if (signals.listening) void limited().catch(() => undefined);
  }
  signals.onSignal((signal) => {
    if (signal.kind === 'budgets' || signal.kind === 'group') drop();
  });
  signals.onReset(drop);

  async function limited(): Promise<Limited> {
    if (known && signals.listening) return known;
    const before = generation;
    const rows = await findLimited(db);
    const blocking = rows.filter(({ blocks }) => blocks);
    const found = {
      organisation: blocking.some(({ scope }) => scope === 'organisation'),
      groups: blocking.some(({ scope }) => scope === 'group'),
      ids: new Set(blocking.flatMap(({ id }) => id ?? [])),
      any: rows.length > 0,
    };
    if (before === generation && signals.listening) known = found;
    return found;
  }

  async function mayLimit({ userId, agentId }: Spender): Promise<boolean> {
    const { organisation, groups, ids } = await limited();
    return organisation || groups || ids.has(userId) || ids.has(agentId);
  }

  async function reserve(spender: Spender, call: PlannedCall): Promise<number | undefined> {
    if (!(await mayLimit(spender))) return undefined;
    const { userId, agentId, holder } = spender;
    const amounts = { userId, agentId, holder, ...(await amountsOf(priceUsage, spender.model, call)) };
    const least = Math.min(leastWrites, call.maxWrites);
    const writes = await signals.transaction(systemAuthority, async (tx) => {
      const [locked, { rows: rooms }] = await Promise.all([
        lockBudgets(tx, { userId, agentId }),
        findRoom(tx, amounts),
      ]);
      if (locked.rows.length === 0) return undefined;
      if (amounts.readCost === null && rooms.some(({ unit }) => unit === 'usd')) throw unpriced();
      const full = rooms.filter((room) => room.writes !== null && Number(room.writes) < least);
      if (full.length > 0) throw exceeded(full);
      const fitting = Math.min(
        call.maxWrites,
        ...rooms.flatMap((room) => (room.writes === null ? [] : Number(room.writes))),
      );
      const budgetIds = locked.rows.map(({ id }) => id);
      signals.write(tx, insertReservations(tx, { ...amounts, budgetIds, writes: fitting, minutes: reservedMinutes }));
      return fitting;
    });
    if (writes !== undefined) {
      // What a try before it was heard to write is not forgotten.
      const bytes = heard.get(holder)?.bytes ?? 0;
      heard.set(holder, { bytes, since: performance.now(), firstAt: undefined });
    }
    return writes;
  }

  function charge(tx: Transaction, holder: string, { failed, written }: { failed: boolean; written?: number }) {
    const own = heard.get(holder);
    if (!own && written === undefined) return undefined;
    const bytes = Math.max(own?.bytes ?? 0, written ?? 0);
    const now = performance.now();
    if (failed && own && bytes === 0 && now - own.since < refusedWithinMs) return deleteReservations(tx, { holder });
    onSpent();
    const silentMs = own ? (own.firstAt ?? now) - own.since : 0;
    const tokens = Math.ceil(bytes / bytesPerToken + (silentMs / 1_000) * silentTokensPerSecond);
    return Promise.all([
      holdCharges(tx, {}),
      lockReserved(tx, { holder }),
      chargeReserved(tx, { holder, written: tokens }),
    ]);
  }

  return {
    of: (spender) => ({
      reserve: (call) => reserve(spender, call).catch(asRefusal),
      hear(bytes) {
        const own = heard.get(spender.holder);
        if (!own || bytes === 0) return;
        own.bytes += bytes;
        own.firstAt ??= performance.now();
      },
    }),
    settle(tx, holder) {
      // Also where nothing is reserved it was spent, and may be more than what is told of.
      if (known?.any !== false) onSpent();
      const own = heard.get(holder);
      if (!own) return undefined;
      own.bytes = 0;
      return deleteReservations(tx, { holder });
    },
    charge,
    async chargeLost(holder) {
      if (!heard.has(holder)) return;
      await signals
        .transaction(systemAuthority, async (tx) => void (await charge(tx, holder, { failed: false })))
        .catch(() => undefined);
    },
    forget: (holder) => void heard.delete(holder),
  };
}

/** What is thrown to end a transaction is an answer outside of it. */
function asRefusal(error: unknown): BudgetExceeded {
  if (error instanceof BudgetExceeded) return error;
  throw error;
}

/** What has become of budgets and calls that are over is forgotten. */
export const sweepBudgets = (db: Database): Promise<void> => deleteOver(db);

const sentences: Record<BudgetScope, (until: string) => string> = {
  organisation: (until) =>
    `Your organisation’s budget leaves no room for this answer. It starts anew on ${until}; until then an admin can raise it.`,
  group: (until) =>
    `The budget of one of your groups leaves no room for this answer. It starts anew on ${until}; until then an admin can raise it.`,
  user: (until) =>
    `Your budget leaves no room for this answer. It starts anew on ${until}; until then an admin can raise it.`,
  agent: (until) =>
    `The budget of this agent leaves no room for this answer. It starts anew on ${until}; until then an admin can raise it.`,
};

/** Of several that are used up, the one that stays so for longest counts. */
function exceeded(full: Room[]): BudgetExceeded {
  const [last] = full.toSorted((left, right) => +new Date(right.resetsAt) - +new Date(left.resetsAt));
  const { scope, resetsAt } = last!;
  const until = new Date(resetsAt);
  return new BudgetExceeded('budget_exceeded', sentences[scope](when(until)), {
    scope,
    resetsAt: until.toISOString(),
  });
}

const when = (moment: Date) => `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const unpriced = () =>
  new BudgetExceeded(
    'model_unpriced',
    'No price is known for this model, so a budget in dollars does not let it be used. Choose another model, or ask an admin to set a price for it: on the page Usage, under Prices.',
  );
