import { format, getFormatDateInfo, isDateFormat } from 'numfmt';
import { anyDateOrTime } from './east-asian-formats.ts';

/** Days between the starts of the two ways to count: 1900 and 1904. */
const daysTo1904 = 1462;
const lastSerial = 2_958_465;

/** Shows values as a cell does. Dates that people write in other orders are followed by their ISO form. */
export interface CellFormat {
  number(value: number): string;
  text(value: string): string;
}

/** A number as Excel shows it without a format: at most fifteen digits are meant. */
export function generalNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : String(value);
}

/** @param pattern an Excel format such as `#,##0.00 [$€-407]` */
export function createCellFormat(pattern: string, countsFrom1904: boolean): CellFormat {
  const text = textFormat(pattern);
  if (/^general$|^@$|^$/i.test(pattern)) return { number: generalNumber, text };
  if (pattern === anyDateOrTime) return { number: (value) => isoOf(shifted(value, countsFrom1904)), text };
  // A format of empty parts is how people hide what a cell holds.
  if (/^;+@?;*$/.test(pattern)) return { number: (value) => `${generalNumber(value)} (hidden)`, text };
  const isDate = isDateFormat(pattern) || pattern.includes('上午/下午');
  const number = isDate ? dateFormat(pattern, countsFrom1904) : amountFormat(pattern);
  return { number, text };
}

function textFormat(pattern: string): (value: string) => string {
  const part = pattern.split(';')[3] ?? (pattern.includes('@') ? pattern : '@');
  if (part.trim() === '@' || !part.includes('@')) return (value) => value;
  return (value) => shown(pattern, value) ?? value;
}

/** Which separators people see depends on their computer, not on the currency: `[$€-407]` is only the sign here. */
function amountFormat(pattern: string): (value: number) => string {
  const plain = pattern
    .replace(/\[\$([^\]-]+)(?:-[0-9a-f]+)?\]/gi, (_whole, sign: string) => `"${sign}"`)
    .replace(/\[\$-[^\]]*\]/g, '');
  return (value) => {
    if (!Number.isFinite(value)) return String(value);
    return shown(plain, Number(value.toPrecision(15))) ?? generalNumber(value);
  };
}

function dateFormat(pattern: string, countsFrom1904: boolean): (value: number) => string {
  const isElapsed = /\[(h+|m+|s+)\]/i.test(pattern);
  const plain = pattern
    .replace(/\[\$[^\]]*-F[48]00\]/gi, '')
    .replaceAll('上午/下午', 'AM/PM ')
    // Two digits of hours, as a clock has them.
    .replace(/\[h\]/gi, '[hh]');
  const isEra = /\[\$-(404|411|41e)\].*[eg]|[gb]{1,4}/i.test(pattern.replace(/"[^"]*"|\\./g, ''));
  const { year, month, day, hours, minutes } = dateParts(plain);
  const isWholeDate = year && month && day;
  return (value) => {
    if (isElapsed) return shown(plain, value) ?? generalNumber(value);
    const serial = shifted(value, countsFrom1904);
    if (!(serial >= 0 && serial <= lastSerial + 1)) return generalNumber(value);
    if (isEra && isWholeDate && serial >= 1) return isoOf(serial, hours || minutes);
    const text = shown(plain, serial) ?? isoOf(serial);
    if (!isWholeDate || serial < 1) return text;
    const iso = isoOf(serial, false);
    return text.includes(iso) ? text : `${text} (${iso})`;
  };
}

function dateParts(pattern: string) {
  try {
    return getFormatDateInfo(pattern);
  } catch {
    return { year: false, month: false, day: false, hours: false, minutes: false };
  }
}

function shifted(value: number, countsFrom1904: boolean): number {
  return countsFrom1904 ? value + daysTo1904 : value;
}

/**
 * `2026-03-01`, `2026-03-01 14:30`, or `14:30:00` below one day. Excel counts from 1899-12-30, before March 1900 a day later,
 * as it knows a 29th of February there.
 */
function isoOf(serial: number, withTime = !Number.isInteger(serial)): string {
  if (!Number.isFinite(serial) || serial < 0 || serial > lastSerial + 1) return String(serial);
  const day = serial >= 1 && serial < 60 ? serial + 1 : serial;
  const iso = new Date(Date.UTC(1899, 11, 30) + Math.round(day * 86_400) * 1000).toISOString();
  if (serial < 1) return iso.slice(11, 19);
  return withTime ? `${iso.slice(0, 10)} ${iso.slice(11, 16)}` : iso.slice(0, 10);
}

function shown(pattern: string, value: number | string): string | undefined {
  try {
    return String(format(pattern, value)).trim();
  } catch {
    return undefined;
  }
}

/** The dates that Excel shows in the order of whoever looks at them: here always year, month, day. */
export const builtInDates: Record<number, string> = { 14: 'yyyy-mm-dd', 22: 'yyyy-mm-dd hh:mm' };
