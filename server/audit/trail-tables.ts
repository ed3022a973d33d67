import { sql, type SQL } from 'drizzle-orm';

/** Where a trail stands, and in which format it is signed. */
export interface TrailTables {
  format: 1 | 2;
  entries: SQL;
  checkpoints: SQL;
}

export const currentTrail: TrailTables = {
  format: 2,
  entries: sql.raw('audit_entries'),
  checkpoints: sql.raw('audit_checkpoints'),
};

/** What was written before personal values stood apart, from the migration until it is carried over. */
export const earlierTrail: TrailTables = {
  format: 1,
  entries: sql.raw('audit_before.audit_entries'),
  checkpoints: sql.raw('audit_before.audit_checkpoints'),
};
