import { timestamp } from 'drizzle-orm/pg-core';

/** A moment in UTC with milliseconds, as the API shows it. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
