ALTER TABLE "messages" ADD COLUMN "tool_outputs" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
-- What tools answered stands apart from the calls, so that it is read only where it is shown or sent to a model. Of the
-- pictures in it stay path, digest and size: the file is read again when a model is asked. One message at a time, so
-- that neither memory nor a single statement grows with what there is.
DO $$
DECLARE
  message record;
BEGIN
  FOR message IN SELECT id FROM messages WHERE tool_calls <> '[]'::jsonb LOOP
    UPDATE messages SET
      tool_calls = (
        SELECT jsonb_agg(call - 'output' - 'images' ORDER BY n)
        FROM jsonb_array_elements(tool_calls) WITH ORDINALITY AS calls(call, n)
      ),
      tool_outputs = (
        SELECT coalesce(jsonb_agg(
          jsonb_build_object('toolCallId', call -> 'toolCallId', 'output', call -> 'output') ||
            CASE WHEN pictures IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('images', pictures) END
          ORDER BY n), '[]'::jsonb)
        FROM jsonb_array_elements(tool_calls) WITH ORDINALITY AS calls(call, n)
        CROSS JOIN LATERAL (
          SELECT jsonb_agg(jsonb_build_object(
            'mediaType', image -> 'mediaType', 'path', call #> '{input,path}',
            'sha256', encode(sha256(decode(image ->> 'data', 'base64')), 'hex'),
            'bytes', octet_length(decode(image ->> 'data', 'base64')))) AS pictures
          FROM jsonb_array_elements(CASE jsonb_typeof(call -> 'images') WHEN 'array' THEN call -> 'images' ELSE '[]' END) AS images(image)
          WHERE jsonb_typeof(call #> '{input,path}') = 'string'
            AND image ->> 'data' ~ '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'
        ) AS kept
        WHERE call ? 'output'
      )
    WHERE id = message.id;
  END LOOP;
END $$;
--> statement-breakpoint
UPDATE "plugin_calls" SET "outcome" = "outcome" - 'images' WHERE jsonb_typeof("outcome") = 'object' AND "outcome" ? 'images';
--> statement-breakpoint
ALTER TABLE "messages"
  ADD COLUMN "shown_bytes" integer GENERATED ALWAYS AS (octet_length(content) + octet_length(tool_calls::text)) STORED NOT NULL,
  ADD COLUMN "output_bytes" integer GENERATED ALWAYS AS (octet_length(tool_outputs::text)) STORED NOT NULL;
--> statement-breakpoint
CREATE TABLE "conversation_sizes" (
  "conversation_id" uuid PRIMARY KEY NOT NULL REFERENCES "conversations"("id") ON DELETE CASCADE,
  "user_id" uuid NOT NULL,
  "bytes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "personal_storage" (
  "user_id" uuid PRIMARY KEY NOT NULL REFERENCES "users"("id") ON DELETE CASCADE,
  "text_bytes" bigint DEFAULT 0 NOT NULL,
  "file_bytes" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
-- The counters are kept by triggers, so that nothing that writes or deletes text or files can forget them. They work by
-- statement: one that touches many rows moves each counter once. Text that is still growing is counted when it ends.
CREATE FUNCTION count_message_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO conversation_sizes (conversation_id, user_id, bytes)
    SELECT conversations.id, conversations.user_id, change.bytes FROM (
      SELECT conversation_id, sum(shown_bytes + output_bytes) AS bytes FROM new_rows WHERE state <> 'streaming' GROUP BY 1
    ) AS change JOIN conversations ON conversations.id = change.conversation_id ORDER BY 1
    ON CONFLICT (conversation_id) DO UPDATE SET bytes = conversation_sizes.bytes + excluded.bytes;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO conversation_sizes (conversation_id, user_id, bytes)
    SELECT conversations.id, conversations.user_id, change.bytes FROM (
      SELECT conversation_id, sum(bytes) AS bytes FROM (
        SELECT conversation_id, shown_bytes + output_bytes AS bytes FROM new_rows WHERE state <> 'streaming'
        UNION ALL
        SELECT conversation_id, -(shown_bytes + output_bytes) FROM old_rows WHERE state <> 'streaming'
      ) AS both_rows GROUP BY 1 HAVING sum(bytes) <> 0
    ) AS change JOIN conversations ON conversations.id = change.conversation_id ORDER BY 1
    ON CONFLICT (conversation_id) DO UPDATE SET bytes = conversation_sizes.bytes + excluded.bytes;
  ELSE
    -- Those of a conversation that is deleted went with it.
    UPDATE conversation_sizes SET bytes = conversation_sizes.bytes - change.bytes FROM (
      SELECT conversation_id, sum(shown_bytes + output_bytes) AS bytes FROM old_rows WHERE state <> 'streaming' GROUP BY 1
    ) AS change WHERE conversation_sizes.conversation_id = change.conversation_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION count_conversation_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO personal_storage (user_id, text_bytes) SELECT user_id, sum(bytes) FROM new_rows GROUP BY 1 ORDER BY 1
    ON CONFLICT (user_id) DO UPDATE SET text_bytes = personal_storage.text_bytes + excluded.text_bytes;
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE personal_storage SET text_bytes = text_bytes + change.bytes FROM (
      SELECT user_id, sum(bytes) AS bytes FROM (
        SELECT user_id, bytes FROM new_rows UNION ALL SELECT user_id, -bytes FROM old_rows
      ) AS both_rows GROUP BY 1 HAVING sum(bytes) <> 0
    ) AS change WHERE personal_storage.user_id = change.user_id;
  ELSE
    UPDATE personal_storage SET text_bytes = text_bytes - change.bytes FROM (
      SELECT user_id, sum(bytes) AS bytes FROM old_rows GROUP BY 1
    ) AS change WHERE personal_storage.user_id = change.user_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A file takes a block of the disk at least, so that a million empty ones count too.
CREATE FUNCTION count_upload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO personal_storage (user_id, file_bytes)
    SELECT user_id, sum(greatest(size, 4096)) FROM new_rows GROUP BY 1 ORDER BY 1
    ON CONFLICT (user_id) DO UPDATE SET file_bytes = personal_storage.file_bytes + excluded.file_bytes;
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE personal_storage SET file_bytes = file_bytes + change.bytes FROM (
      SELECT user_id, sum(bytes) AS bytes FROM (
        SELECT user_id, greatest(size, 4096) AS bytes FROM new_rows
        UNION ALL
        SELECT user_id, -greatest(size, 4096) FROM old_rows
      ) AS both_rows GROUP BY 1 HAVING sum(bytes) <> 0
    ) AS change WHERE personal_storage.user_id = change.user_id;
  ELSE
    UPDATE personal_storage SET file_bytes = file_bytes - change.bytes FROM (
      SELECT user_id, sum(greatest(size, 4096)) AS bytes FROM old_rows GROUP BY 1
    ) AS change WHERE personal_storage.user_id = change.user_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER messages_text_insert AFTER INSERT ON messages REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_message_text();
--> statement-breakpoint
CREATE TRIGGER messages_text_update AFTER UPDATE ON messages REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_message_text();
--> statement-breakpoint
CREATE TRIGGER messages_text_delete AFTER DELETE ON messages REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_message_text();
--> statement-breakpoint
CREATE TRIGGER conversation_sizes_text_insert AFTER INSERT ON conversation_sizes REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_conversation_text();
--> statement-breakpoint
CREATE TRIGGER conversation_sizes_text_update AFTER UPDATE ON conversation_sizes REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_conversation_text();
--> statement-breakpoint
CREATE TRIGGER conversation_sizes_text_delete AFTER DELETE ON conversation_sizes REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_conversation_text();
--> statement-breakpoint
CREATE TRIGGER uploads_bytes_insert AFTER INSERT ON uploads REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_upload();
--> statement-breakpoint
CREATE TRIGGER uploads_bytes_update AFTER UPDATE ON uploads REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_upload();
--> statement-breakpoint
CREATE TRIGGER uploads_bytes_delete AFTER DELETE ON uploads REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_upload();
--> statement-breakpoint
INSERT INTO personal_storage (user_id, file_bytes) SELECT user_id, sum(greatest(size, 4096)) FROM uploads GROUP BY 1;
--> statement-breakpoint
INSERT INTO conversation_sizes (conversation_id, user_id, bytes)
SELECT conversations.id, conversations.user_id, sum(shown_bytes + output_bytes)
FROM messages JOIN conversations ON conversations.id = messages.conversation_id
WHERE state <> 'streaming' GROUP BY 1, 2;
