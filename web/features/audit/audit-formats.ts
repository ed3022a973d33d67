const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export const moment = (iso: string) => full.format(new Date(iso));
