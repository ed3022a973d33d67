import { AppError } from './errors.ts';

export interface FairQueueOptions {
  /** Stands in the metrics. */
  name: string;
  /** How much runs at once, altogether. */
  running: number;
  /** How much of one key runs at once; as much as altogether unless told. */
  runningPerKey?: number;
  /** How much of one key may wait. */
  waitingPerKey: number;
  /** How much may wait altogether: beyond it, whoever has most of it waiting gives way. */
  waiting: number;
  /** The sentence for what there is no room to wait for. */
  refusal: string;
}

export interface TurnRequest {
  /** On whose account: a person, or an address where there is no session. See `askerKey`. */
  key: string;
  /** In any unit that is the same for the whole queue; 1 unless told. */
  cost?: number;
  /** What nobody waits for any more is not begun. */
  signal?: AbortSignal | undefined;
}

/** Ends a turn; calling it again does nothing. */
export type EndTurn = () => void;

export interface FairQueue {
  readonly name: string;
  readonly running: number;
  readonly waiting: number;
  /**
   * Does the work in its turn. Not to be called within work of the same queue, nor within a transaction: its turn may
   * never come. @throws AppError 429 when too much waits already, or the signal's reason
   */
  run<Value>(request: TurnRequest, work: () => Promise<Value>): Promise<Value>;
  /** For work that goes on after a function returns, as a stream does. @throws as `run` */
  takeTurn(request: TurnRequest): Promise<EndTurn>;
  /** Whether work of another key than this one waits. */
  doOthersWait(key: string): boolean;
  /** Charges a key for work that turned out dearer than it was announced; to be called before its turn ends. */
  charge(key: string, cost: number): void;
  /** Lets what waits for one key wait for another's turns, behind what waits for those already. */
  move(from: string, to: string): void;
}

interface Waiting {
  cost: number;
  /** On which it waits, and then runs. */
  account: Account;
  begin(): void;
  refuse(): void;
}

interface Account {
  waiting: Waiting[];
  running: number;
  /** Virtual time up to which this key has had its share. */
  paidUntil: number;
  /** The number of its latest turn: of two with the same claim, whoever had a turn longer ago comes first. */
  latestTurn: number;
}

interface Candidate {
  account: Account;
  finish: number;
}

const comesBefore = (one: Candidate, other: Candidate): boolean =>
  one.finish === other.finish ? one.account.latestTurn < other.account.latestTurn : one.finish < other.finish;

/** Seconds until another try makes sense. */
const retryAfter = 5;

/**
 * Lets keys take turns by what their work costs: self-clocked fair queueing (S. J. Golestani, "A self-clocked fair queueing
 * scheme for broadband applications", INFOCOM 1994), with keys in place of connections. Of what waits, that begins whose
 * key would by then have had the least: light work passes heavy work, which comes once as much of the others has been done
 * as it costs itself. Work of one key keeps its order.
 */
export function createFairQueue(options: FairQueueOptions): FairQueue {
  const { name, running: maxRunning, runningPerKey = maxRunning, waitingPerKey, waiting: maxWaiting } = options;
  const accounts = new Map<string, Account>();
  let now = 0;
  let turns = 0;
  let running = 0;
  let waiting = 0;

  const refusal = () => new AppError('rate_limited', options.refusal, { retryAfter });

  function accountOf(key: string): Account {
    let account = accounts.get(key);
    if (!account) accounts.set(key, (account = { waiting: [], running: 0, paidUntil: now, latestTurn: 0 }));
    return account;
  }

  /** Whose turn it is, if anybody's; forgets the keys that have nothing more to do and owe nothing. */
  function findNext(): Candidate | undefined {
    let next: Candidate | undefined;
    for (const [key, account] of accounts) {
      const [first] = account.waiting;
      if (!first) {
        if (account.running === 0 && account.paidUntil <= now) accounts.delete(key);
        continue;
      }
      const candidate = { account, finish: account.paidUntil + first.cost };
      if (account.running < runningPerKey && (!next || comesBefore(candidate, next))) next = candidate;
    }
    return next;
  }

  function proceed(): void {
    while (waiting > 0 && running < maxRunning) {
      const next = findNext();
      const first = next?.account.waiting.shift();
      if (!next || !first) return;
      waiting -= 1;
      running += 1;
      next.account.running += 1;
      next.account.paidUntil = next.finish;
      next.account.latestTurn = turns += 1;
      now = Math.max(now, next.finish);
      first.begin();
    }
    if (running > 0 || waiting > 0) return;
    accounts.clear();
    now = 0;
  }

  function endTurn(account: Account): EndTurn {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      running -= 1;
      account.running -= 1;
      proceed();
    };
  }

  function append(entry: Waiting): void {
    const { account } = entry;
    // Who had nothing to do meanwhile has saved nothing up.
    if (account.waiting.length === 0) account.paidUntil = Math.max(account.paidUntil, now);
    account.waiting.push(entry);
  }

  /** @throws AppError 429 */
  function makeRoom(account: Account): void {
    if (account.waiting.length >= waitingPerKey) throw refusal();
    if (waiting < maxWaiting) return;
    const longest = [...accounts.values()].reduce((most, other) =>
      other.waiting.length > most.waiting.length ? other : most,
    );
    if (longest.waiting.length <= account.waiting.length + 1) throw refusal();
    waiting -= 1;
    longest.waiting.pop()?.refuse();
  }

  async function takeTurn({ key, cost = 1, signal }: TurnRequest): Promise<EndTurn> {
    signal?.throwIfAborted();
    const account = accountOf(key);
    makeRoom(account);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const entry: Waiting = { cost, account, begin: resolve, refuse: () => reject(refusal()) };
    const leave = () => {
      const position = entry.account.waiting.indexOf(entry);
      if (position < 0) return;
      entry.account.waiting.splice(position, 1);
      waiting -= 1;
      reject(signal?.reason);
      proceed();
    };
    append(entry);
    waiting += 1;
    signal?.addEventListener('abort', leave, { once: true });
    proceed();
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
    const end = endTurn(entry.account);
    if (!signal?.aborted) return end;
    end();
    throw signal.reason;
  }

  return {
    name,
    get running() {
      return running;
    },
    get waiting() {
      return waiting;
    },
    takeTurn,
    async run(request, work) {
      const end = await takeTurn(request);
      try {
        return await work();
      } finally {
        end();
      }
    },
    doOthersWait: (key) => waiting > (accounts.get(key)?.waiting.length ?? 0),
    charge(key, cost) {
      const account = accounts.get(key);
      if (account) account.paidUntil += cost;
    },
    move(from, to) {
      const account = accounts.get(from);
      if (from === to || !account) return;
      for (const entry of account.waiting.splice(0)) {
        entry.account = accountOf(to);
        append(entry);
      }
    },
  };
}
