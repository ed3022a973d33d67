-- Every answer writes two messages, and counting them took most of what writing them cost: what a person's conversations take
-- is now counted by the same function as what a conversation takes, which nothing else changes, and statements that touched
-- no row, such as the update that an upsert did not make, end at once.
DROP TRIGGER conversation_sizes_text_insert ON conversation_sizes;
--> statement-breakpoint
DROP TRIGGER conversation_sizes_text_update ON conversation_sizes;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION count_message_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT FROM new_rows WHERE state <> 'streaming') THEN
      RETURN NULL;
    END IF;
    WITH change AS (
      SELECT conversations.id, conversations.user_id, counted.bytes FROM (
        SELECT conversation_id, sum(shown_bytes + output_bytes) AS bytes FROM new_rows WHERE state <> 'streaming' GROUP BY 1
      ) AS counted JOIN conversations ON conversations.id = counted.conversation_id ORDER BY 1
    ), sized AS (
      INSERT INTO conversation_sizes (conversation_id, user_id, bytes) SELECT id, user_id, bytes FROM change
      ON CONFLICT (conversation_id) DO UPDATE SET bytes = conversation_sizes.bytes + excluded.bytes
    )
    INSERT INTO personal_storage (user_id, text_bytes) SELECT user_id, sum(bytes) FROM change GROUP BY 1 ORDER BY 1
    ON CONFLICT (user_id) DO UPDATE SET text_bytes = personal_storage.text_bytes + excluded.text_bytes;
  ELSIF TG_OP = 'UPDATE' THEN
    IF NOT EXISTS (SELECT FROM new_rows WHERE state <> 'streaming')
      AND NOT EXISTS (SELECT FROM old_rows WHERE state <> 'streaming') THEN
      RETURN NULL;
    END IF;
    WITH change AS (
      SELECT conversations.id, conversations.user_id, counted.bytes FROM (
        SELECT conversation_id, sum(bytes) AS bytes FROM (
          SELECT conversation_id, shown_bytes + output_bytes AS bytes FROM new_rows WHERE state <> 'streaming'
          UNION ALL
          SELECT conversation_id, -(shown_bytes + output_bytes) FROM old_rows WHERE state <> 'streaming'
        ) AS both_rows GROUP BY 1 HAVING sum(bytes) <> 0
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
      SELECT conversation_id, sum(shown_bytes + output_bytes) AS bytes FROM old_rows WHERE state <> 'streaming' GROUP BY 1
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
