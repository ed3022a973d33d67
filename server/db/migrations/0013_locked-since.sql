-- Sessions under the cookie's plain name count for a week after a lock, so that it signs nobody out. For a domain that was
-- locked by an earlier version that week begins now.
INSERT INTO "settings" ("key", "value", "encrypted", "updated_at")
SELECT 'system.locked_since', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), false, now()
FROM "settings" WHERE "key" = 'locked_domain'
ON CONFLICT ("key") DO NOTHING;
