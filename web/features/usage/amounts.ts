import { decimalSign } from '../../ui/decimal-sign.ts';

/** As the server takes a decimal. */
const isPlain = /^\d{1,15}(\.\d{1,10})?$/;

/**
 * A decimal as the server takes it, with a point or a comma before fractions; undefined for anything else, and for what groups
 * thousands in the locale: `1,000` in English.
 */
export function decimalOf(typed: string, locale: string): string | undefined {
  const text = typed.trim();
  const group = decimalSign(locale) === ',' ? '.' : ',';
  if (new RegExp(`^[1-9]\\d{0,2}\\${group}\\d{3}$`).test(text)) return undefined;
  const plain = text.replace(',', '.');
  return isPlain.test(plain) ? plain : undefined;
}

/**
 * A decimal above 0 as the server takes it, from how people write one: `1,000` is a thousand in English and `1.000` one in German.
 * Undefined for anything else, and where one cannot tell: `1.000` in English may be one or a thousand.
 */
export function positiveOf(typed: string, locale: string): string | undefined {
  const text = typed.replace(/[\s'’$]/gu, '');
  const decimal = decimalSign(locale);
  const signs = text.match(/[.,]/g) ?? [];
  const last = signs.at(-1);
  const isGrouped = /^[1-9]\d{0,2}([.,]\d{3})+$/.test(text) && new Set(signs).size === 1;
  if (isGrouped && signs.length === 1 && last === decimal) return undefined;
  if (isGrouped) return plainOf(text.replaceAll(/[.,]/g, ''));
  if (signs.length < 2) return plainOf(text.replace(',', '.'));
  const [whole = '', fraction = ''] = [text.slice(0, text.lastIndexOf(last!)), text.slice(text.lastIndexOf(last!) + 1)];
  const group = last === '.' ? ',' : '.';
  const areGroups = whole.split(group).every((part, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part));
  return areGroups ? plainOf(`${whole.replaceAll(group, '')}.${fraction}`) : undefined;
}

const plainOf = (text: string): string | undefined => (isPlain.test(text) && /[1-9]/.test(text) ? text : undefined);

/** A decimal of the server as a field shows it: what `positiveOf` reads as the same. */
export function textOfDecimal(decimal: string, locale: string): string {
  const [whole = '', fraction] = decimal.split('.');
  // Three digits alone could be thousands.
  return fraction === undefined
    ? whole
    : `${whole}${decimalSign(locale)}${fraction.length === 3 ? `${fraction}0` : fraction}`;
}

/** What a field for a moment takes: local time, to the minute. */
export function localMoment(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
