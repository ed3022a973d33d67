import { perLocale } from '../../texts/language.ts';
import type { UsageSummary } from '../../../contract/usage.ts';

/** Sums as numbers; the cost is null when no part has a price. */
export interface Figures {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  cost: number | null;
}

const whole = perLocale((locale) => new Intl.NumberFormat(locale));
const compact = perLocale((locale) => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }));
const share = perLocale((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));

const change = perLocale(
  (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }),
);

export const formatCount = (count: number) => whole().format(count);
export const formatCompact = (count: number) => compact().format(count);
export const formatShare = (part: number) => share().format(part);

export const formatChange = (part: number) => change().format(part);

export const totalTokens = ({ input, output, cacheRead, cacheWrite }: Figures) =>
  input + output + cacheRead + cacheWrite;

interface TotalFields {
  totalInputTokens: string;
  totalOutputTokens: string;
  totalCacheReadTokens: string;
  totalCacheWriteTokens: string;
  totalCost: string | null;
}

export const figuresOfTotals = (row: TotalFields): Figures => ({
  input: Number(row.totalInputTokens),
  output: Number(row.totalOutputTokens),
  cacheRead: Number(row.totalCacheReadTokens),
  cacheWrite: Number(row.totalCacheWriteTokens),
  cost: row.totalCost === null ? null : Number(row.totalCost),
});

export const figuresOfBucket = (bucket: UsageSummary['totals']['chat']): Figures => ({
  input: Number(bucket.inputTokens),
  output: Number(bucket.outputTokens),
  cacheRead: Number(bucket.cacheReadTokens),
  cacheWrite: Number(bucket.cacheWriteTokens),
  cost: bucket.cost === null ? null : Number(bucket.cost),
});

const none: Figures = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cost: null };

export function sumFigures(parts: readonly Figures[]): Figures {
  return parts.reduce(
    (sum, part) => ({
      input: sum.input + part.input,
      output: sum.output + part.output,
      cacheRead: sum.cacheRead + part.cacheRead,
      cacheWrite: sum.cacheWrite + part.cacheWrite,
      cost: part.cost === null ? sum.cost : (sum.cost ?? 0) + part.cost,
    }),
    none,
  );
}

/** How much more there is than before, of 1; undefined where there was nothing to compare with. */
export function changeOf(now: number | null, before: number | null): number | undefined {
  return now === null || before === null || before === 0 ? undefined : (now - before) / before;
}

/** The change of the cost, or of the tokens where one of both has no price. */
export function changeOfFigures(now: Figures, before: Figures | undefined): number | undefined {
  if (!before) return undefined;
  return changeOf(now.cost, before.cost) ?? changeOf(totalTokens(now), totalTokens(before));
}
