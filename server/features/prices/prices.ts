import type { PriceUsage } from '../../chat/ports.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { type OwnPrice, priceAt, priceByOwn } from '../../providers/own-prices.ts';
import { parseFullModelId } from '../../providers/provider.ts';
import { listPrices } from './price.queries.ts';

/** What models cost: by the organisation's own price of that moment, else by the list's. */
export interface Prices {
  /** US dollars for one step, or null when no price is known. */
  ofStep: PriceUsage;
  /** US dollars for texts that an embedding model reads, or null when no price is known. */
  ofEmbedding(reading: { model: string; tokens: number; at: Date }): Promise<number | null>;
}

type PricesByModel = ReadonlyMap<string, OwnPrice[]>;

/** Own prices are kept in memory and dropped by a signal: pricing a step asks nothing of the database. */
export function createPrices({ db, signals }: { db: Database; signals: Signals }): Prices {
  let known: PricesByModel | undefined;
  let generation = 0;

  function drop(): void {
    generation += 1;
    known = undefined;
    // Known again before anybody asks.
    if (signals.listening) void own().catch(() => undefined);
  }
  signals.onSignal((signal) => {
    if (signal.kind === 'prices') drop();
  });
  signals.onReset(drop);

  async function own(): Promise<PricesByModel> {
    if (known && signals.listening) return known;
    const before = generation;
    const found = Map.groupBy(await listPrices(db), ({ model }) => model);
    if (before === generation && signals.listening) known = found;
    return found;
  }

  const findOwn = async (model: string, at: Date) => priceAt((await own()).get(model) ?? [], at);

  return {
    async ofStep({ model, at, ...step }) {
      const price = await findOwn(model, at);
      if (price) return priceByOwn(price, step);
      const reference = parseFullModelId(model);
      if (!reference) return null;
      const { priceUsage } = await import('../../providers/prices.ts');
      return priceUsage({ ...step, provider: reference.provider, model: reference.id, at });
    },
    async ofEmbedding({ model, tokens, at }) {
      const price = await findOwn(model, at);
      if (price) return (tokens * Number(price.inputPerMillion)) / 1_000_000;
      const { priceEmbedding } = await import('../../providers/prices.ts');
      return priceEmbedding(model, tokens, at);
    },
  };
}
