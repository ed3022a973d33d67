-- What belongs to a run, and what was done on behalf of a person, is found without reading the whole trail.
CREATE INDEX "audit_entries_run" ON "audit_entries" ((coalesce(substring("resource" from '^run:(.*)$'), "detail" ->> 'runId')), "timestamp", "id") WHERE coalesce(substring("resource" from '^run:(.*)$'), "detail" ->> 'runId') is not null;
--> statement-breakpoint
CREATE INDEX "audit_entries_person" ON "audit_entries" (("detail" ->> 'userId'), "timestamp", "id") WHERE "detail" ->> 'userId' is not null;
