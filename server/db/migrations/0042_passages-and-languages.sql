ALTER TABLE "conversation_passages" ADD COLUMN "later_run_ids" uuid[] DEFAULT '{}' NOT NULL;
--> statement-breakpoint
-- What tools gave an agent to read is kept with the conversation, and counts as its messages do.
CREATE FUNCTION count_passage_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
      RETURN NULL;
    END IF;
    WITH change AS (
      SELECT conversations.id, conversations.user_id, counted.bytes FROM (
        SELECT conversation_id, sum(octet_length(path) + octet_length(place) + octet_length(text)) AS bytes
        FROM new_rows GROUP BY 1
      ) AS counted JOIN conversations ON conversations.id = counted.conversation_id ORDER BY 1
    ), sized AS (
      INSERT INTO conversation_sizes (conversation_id, user_id, bytes) SELECT id, user_id, bytes FROM change
      ON CONFLICT (conversation_id) DO UPDATE SET bytes = conversation_sizes.bytes + excluded.bytes
    )
    INSERT INTO personal_storage (user_id, text_bytes) SELECT user_id, sum(bytes) FROM change GROUP BY 1 ORDER BY 1
    ON CONFLICT (user_id) DO UPDATE SET text_bytes = personal_storage.text_bytes + excluded.text_bytes;
  ELSE
    -- Those of a conversation that is deleted went with it.
    WITH change AS (
      SELECT conversation_id, sum(octet_length(path) + octet_length(place) + octet_length(text)) AS bytes
      FROM old_rows GROUP BY 1
    ), sized AS (
      UPDATE conversation_sizes SET bytes = conversation_sizes.bytes - change.bytes FROM change
      WHERE conversation_sizes.conversation_id = change.conversation_id
      RETURNING conversation_sizes.user_id, change.bytes
    )
    UPDATE personal_storage SET text_bytes = text_bytes - freed.bytes
    FROM (SELECT user_id, sum(bytes) AS bytes FROM sized GROUP BY 1) AS freed WHERE personal_storage.user_id = freed.user_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER passages_text_insert AFTER INSERT ON conversation_passages REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_passage_text();
--> statement-breakpoint
CREATE TRIGGER passages_text_delete AFTER DELETE ON conversation_passages REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_passage_text();
--> statement-breakpoint
WITH change AS (
  SELECT conversations.id, conversations.user_id, sum(octet_length(path) + octet_length(place) + octet_length(text)) AS bytes
  FROM conversation_passages JOIN conversations ON conversations.id = conversation_id GROUP BY 1, 2
), sized AS (
  INSERT INTO conversation_sizes (conversation_id, user_id, bytes) SELECT id, user_id, bytes FROM change
  ON CONFLICT (conversation_id) DO UPDATE SET bytes = conversation_sizes.bytes + excluded.bytes
)
INSERT INTO personal_storage (user_id, text_bytes) SELECT user_id, sum(bytes) FROM change GROUP BY 1
ON CONFLICT (user_id) DO UPDATE SET text_bytes = personal_storage.text_bytes + excluded.text_bytes;
--> statement-breakpoint
ALTER TABLE "telegram_chats" ADD COLUMN "language" text;
--> statement-breakpoint
ALTER TABLE "telegram_pairings" ADD COLUMN "language" text;
