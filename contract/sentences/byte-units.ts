import type { Terms } from './match-sentences.ts';

/** Sizes that the server says, with the units of another language. */
export const sizesIn = (units: { MB: string; GB: string }): Terms =>
  Object.fromEntries(
    ['memory', 'bytes', 'index_bytes', 'free', 'blocks', 'available'].map((name) => [
      name,
      { '{{size}} MB': `{{size}} ${units.MB}`, '{{size}} GB': `{{size}} ${units.GB}` },
    ]),
  );
