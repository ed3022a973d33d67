import { numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';

const dollars = (name: string) => numeric(name, { precision: 30, scale: 10 });

/** What the organisation pays for a model from a moment on, in US dollars a million tokens; it goes before the price list. */
export const modelPrices = pgTable(
  'model_prices',
  {
    /** `<provider>/<model id>` */
    model: text('model').notNull(),
    validFrom: moment('valid_from').notNull(),
    inputPerMillion: dollars('input_per_million').notNull(),
    outputPerMillion: dollars('output_per_million').notNull(),
    /** As input where it is null. */
    cacheReadPerMillion: dollars('cache_read_per_million'),
    cacheWritePerMillion: dollars('cache_write_per_million'),
  },
  (table) => [primaryKey({ name: 'model_prices_pk', columns: [table.model, table.validFrom] })],
);
