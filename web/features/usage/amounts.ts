/** A decimal as the server takes it, however the person's language writes it; undefined for anything else. */
export function decimalOf(typed: string): string | undefined {
  const plain = typed.trim().replace(',', '.');
  return /^\d{1,15}(\.\d{1,10})?$/.test(plain) ? plain : undefined;
}

/** The same, where nothing is no amount. */
export function positiveOf(typed: string): string | undefined {
  const plain = decimalOf(typed);
  return plain !== undefined && /[1-9]/.test(plain) ? plain : undefined;
}

/** What a field for a moment takes: local time, to the minute. */
export function localMoment(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
