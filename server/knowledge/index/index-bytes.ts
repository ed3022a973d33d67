/** An expression of SQL: what the tables of the index take on disk, in bytes. Quick, however large they are. */
export const indexBytes = `(select coalesce(sum(pg_total_relation_size(oid)), 0)::bigint from pg_class
  where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname like 'knowledge\\_%')`;
