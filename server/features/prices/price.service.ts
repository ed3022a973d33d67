import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ListedPrice, PricesAnswer, PricesBody } from '../../../contract/prices.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { lockWork } from '../../db/lock-work.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { plainDecimal } from '../../platform/decimals.ts';
import { conflict } from '../../platform/errors.ts';
import { type OwnPrice, priceAt } from '../../providers/own-prices.ts';
import { parseFullModelId } from '../../providers/provider.ts';
import type { UsageService } from '../usage/usage.service.ts';
import { presentListed, presentPrice, presentUnpriced } from './price.presenter.ts';
import { listPrices, replacePrices } from './price.queries.ts';

export interface PriceService {
  /** Own prices, what the list says of their models and of those in use, and which of these have none. */
  read(): Promise<PricesAnswer>;
  /** What differs is audited, a price an entry. @throws AppError 409 where they are others than the version that is named */
  replace(actor: Actor, body: PricesBody): Promise<PricesAnswer>;
}

/** Models that were used within so many days are looked at. */
const usedWithinDays = 30;
/** Looking one up in the list takes some tenths of a millisecond. */
const lookedUpAtOnce = 20;
const maxUnpriced = 100;

export function createPriceService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  usage: Pick<UsageService, 'byModel'>;
}): PriceService {
  const { db, signals, audit, usage } = options;

  async function findListed(models: Iterable<string>, at: Date): Promise<Map<string, ListedPrice>> {
    const { listPriceOf } = await import('../../providers/prices.ts');
    const found = new Map<string, ListedPrice>();
    let count = 0;
    for (const model of models) {
      if (++count % lookedUpAtOnce === 0) await nextTurn();
      const price = listPriceOf(model, at);
      if (price) found.set(model, presentListed(model, price));
    }
    return found;
  }

  async function read(): Promise<PricesAnswer> {
    const at = new Date();
    const [prices, { models: used }] = await Promise.all([listPrices(db), usage.byModel({ days: usedWithinDays })]);
    const own = Map.groupBy(prices, ({ model }) => model);
    const listed = await findListed(new Set([...own.keys(), ...used.map(({ model }) => model)]), at);
    const isPriced = ({ model, totalOutputTokens }: (typeof used)[number]) => {
      const list = listed.get(model);
      const isListed = list !== undefined && (list.outputPerMillion !== undefined || totalOutputTokens === '0');
      return isListed || priceAt(own.get(model) ?? [], at) !== undefined;
    };
    return {
      prices: prices.map(presentPrice),
      version: versionOf(prices),
      listed: [...listed.values()],
      unpriced: used
        .filter((row) => parseFullModelId(row.model) && !isPriced(row))
        .slice(0, maxUnpriced)
        .map(presentUnpriced),
    };
  }

  async function recordDifferences(
    tx: Transaction,
    { userId }: Actor,
    { before, after }: Record<'before' | 'after', OwnPrice[]>,
  ): Promise<number> {
    const [was, is] = [byKey(before), byKey(after)];
    const shared = { actor: { type: 'user', id: userId }, resource: 'setting:prices' } as const;
    let count = 0;
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      const [from, to] = [was.get(key), is.get(key)];
      const { model: name, validFrom } = (from ?? to)!;
      const detail = { name, validFrom: validFrom.toISOString() };
      const changes = from && to && differences(from, to);
      if (changes && Object.keys(changes).length === 0) continue;
      if (changes) await audit.record(tx, { ...shared, eventType: 'price.updated', detail: { ...detail, changes } });
      else if (to)
        await audit.record(tx, { ...shared, eventType: 'price.created', detail: { ...detail, ...amountsOf(to) } });
      else
        await audit.record(tx, { ...shared, eventType: 'price.deleted', detail: { ...detail, ...amountsOf(from!) } });
      count += 1;
    }
    return count;
  }

  return {
    read,
    async replace(actor, body) {
      const after = body.prices.map(asOwnPrice);
      await signals.transaction(actor, async (tx) => {
        await lockWork(tx, 'prices');
        const before = await listPrices(tx);
        if (body.version !== undefined && body.version !== versionOf(before)) throw conflict(changedMeanwhile);
        if ((await recordDifferences(tx, actor, { before, after })) === 0) return;
        await replacePrices(tx, after);
        signals.signal(tx, { kind: 'prices' });
      });
      return read();
    },
  };
}

const changedMeanwhile = 'Somebody else changed these prices meanwhile. Look at them as they are now, and save again.';

/** By what they say, so that whoever puts back what was there has changed nothing. */
const versionOf = (prices: readonly OwnPrice[]): string =>
  createHash('sha256')
    .update(JSON.stringify(prices.map(presentPrice)))
    .digest('base64url');

const byKey = (prices: OwnPrice[]) =>
  new Map(prices.map((price) => [`${price.model} ${price.validFrom.getTime()}`, price]));

function asOwnPrice(price: PricesBody['prices'][number]): OwnPrice {
  const given = (amount: string | undefined) => (amount === undefined ? null : plainDecimal(amount));
  return {
    model: price.model,
    validFrom: new Date(price.validFrom),
    inputPerMillion: plainDecimal(price.inputPerMillion),
    outputPerMillion: plainDecimal(price.outputPerMillion),
    cacheReadPerMillion: given(price.cacheReadPerMillion),
    cacheWritePerMillion: given(price.cacheWritePerMillion),
  };
}

const amountsOf = ({ inputPerMillion, outputPerMillion, cacheReadPerMillion, cacheWritePerMillion }: OwnPrice) => ({
  ...{ inputPerMillion, outputPerMillion, cacheReadPerMillion, cacheWritePerMillion },
});

function differences(before: OwnPrice, after: OwnPrice) {
  const [was, is] = [amountsOf(before), amountsOf(after)];
  return Object.fromEntries(
    (Object.keys(was) as (keyof typeof was)[]).flatMap((field) =>
      was[field] === is[field] ? [] : [[field, { from: was[field], to: is[field] }]],
    ),
  );
}
