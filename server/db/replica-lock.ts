import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';

// A server process holds an advisory lock on a connection of its own: its end shows at once that the process ended.

/** The first half of the lock; the second is the replica's. */
const lockSpace = 746_424;

/** With the replica's id as its parameter. */
export const takeReplicaLock = `select pg_advisory_lock(${lockSpace}, hashtext($1))`;

/** Whether the process with this id holds its lock; one that just lost its connection does not, for a moment. */
export const holdsReplicaLock = (replicaId: SQLWrapper): SQL => sql`exists (
  select from pg_locks where locktype = 'advisory' and granted and classid = ${lockSpace}
    and objid = (hashtext(${replicaId}::text)::bigint & 4294967295)::oid
    and database = (select oid from pg_database where datname = current_database()))`;
