import * as z from 'zod';
import { dateTimeSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { maxPrices } from './limits.ts';
import { providerIds } from './providers.ts';
import { routes } from './routes.ts';

/** A decimal as text: sums of money are never rounded. Nothing may be a price too. */
const amountSchema = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,10})?$/, 'Give an amount such as 25 or 12.50.')
  .meta({ description: 'US dollars a million tokens' });

const modelSchema = z
  .string()
  .max(300)
  .regex(/^[^\s\p{Cc}/]+\/[^\s\p{Cc}]+$/u, 'Enter the full form <provider>/<model id>.')
  .refine((model) => model.isWellFormed(), 'Enter the full form <provider>/<model id>.')
  .refine(
    (model) => providerIds.some((provider) => model.startsWith(`${provider}/`)),
    'This is no model of a provider that Pinchy knows.',
  )
  .meta({ description: 'The full form `<provider>/<model id>`' });

const [earliest, latest] = [Date.UTC(2000), Date.UTC(2100)];
const validFromSchema = z.iso
  .datetime({ offset: true, error: 'Give a moment such as 2026-01-31T00:00:00Z.' })
  .refine((text) => {
    const moment = Date.parse(text);
    return moment >= earliest && moment < latest;
  }, 'Choose a moment between 2000 and 2100.');

const amounts = {
  inputPerMillion: amountSchema,
  outputPerMillion: amountSchema,
  cacheReadPerMillion: amountSchema.optional().meta({ description: 'As input where it is left out' }),
  cacheWritePerMillion: amountSchema.optional().meta({ description: 'As input where it is left out' }),
};

export const modelPriceSchema = z
  .object({
    model: z.string().meta({ description: 'The full form `<provider>/<model id>`' }),
    ...amounts,
    validFrom: dateTimeSchema.meta({ description: 'It holds for calls from then on, up to the next one of its model' }),
  })
  .meta({ id: 'ModelPrice' });
export type ModelPrice = z.infer<typeof modelPriceSchema>;

export const listedPriceSchema = z
  .object({ model: z.string(), ...amounts, outputPerMillion: amountSchema.optional() })
  .meta({ id: 'ListedPrice', description: 'Embedding models have no output' });
export type ListedPrice = z.infer<typeof listedPriceSchema>;

export const unpricedModelSchema = z
  .object({
    model: z.string(),
    tokens: z.string().meta({ description: 'Used in the last 30 days' }),
    isFree: z.boolean().meta({ description: 'Budgets in dollars count it as nothing; others they do not let through' }),
  })
  .meta({ id: 'UnpricedModel' });
export type UnpricedModel = z.infer<typeof unpricedModelSchema>;

const pricesSchema = z
  .object({
    prices: z.array(modelPriceSchema),
    version: z.string().meta({ description: 'Of `prices`: another one once they are others' }),
    listed: z.array(listedPriceSchema).meta({
      description:
        'What the price list that comes with Pinchy says now of these models, and of those used in the last 30 days',
    }),
    unpriced: z.array(unpricedModelSchema).meta({
      description:
        'Models used in the last 30 days that have no price now, neither here nor in the list; most tokens first',
    }),
  })
  .meta({ id: 'Prices' });
export type PricesAnswer = z.infer<typeof pricesSchema>;

const pricesBody = z
  .strictObject({
    prices: z.array(z.strictObject({ model: modelSchema, ...amounts, validFrom: validFromSchema })).max(maxPrices),
    version: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'As it was read: refused with 409 where the prices are others by now' }),
  })
  .superRefine(({ prices }, context) => {
    const known = new Set<string>();
    for (const [index, { model, validFrom }] of prices.entries()) {
      const key = `${model} ${Date.parse(validFrom)}`;
      if (known.has(key))
        context.addIssue({
          code: 'custom',
          path: ['prices', index, 'validFrom'],
          message: 'This model has a price from that moment already.',
        });
      known.add(key);
    }
  });
export type PricesBody = z.infer<typeof pricesBody>;

export const priceEndpoints = {
  getPrices: endpoint({
    ...routes.getPrices,
    tag: 'Budgets',
    summary:
      'The organisation’s own prices of models, which go before the list’s; what the list says; what has no price',
    answer: pricesSchema,
  }),
  putPrices: endpoint({
    ...routes.putPrices,
    tag: 'Budgets',
    summary: 'Replace all own prices; what was used before keeps the price of its time',
    body: pricesBody,
    answer: pricesSchema,
    errors: ['conflict'],
  }),
};
