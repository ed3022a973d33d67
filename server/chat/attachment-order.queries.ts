import { asc } from 'drizzle-orm';
import { uploads } from '../db/schema/index.ts';

/** Files of a message in the order in which they were attached; earlier ones, for which it was not kept, as they came in. */
export const inOrderAttached = [asc(uploads.position), asc(uploads.createdAt), asc(uploads.id)];
