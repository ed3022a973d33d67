ALTER TABLE "invites" ADD COLUMN "name" text;
--> statement-breakpoint
CREATE TABLE "user_activity" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"last_active_at" timestamp (3) with time zone NOT NULL
) WITH (fillfactor = 70);
--> statement-breakpoint
-- What is known so far: when sessions were last renewed, and the days on which answers were asked for.
INSERT INTO "user_activity" ("user_id", "last_active_at")
SELECT user_id, max(moment) FROM (
	SELECT user_id, updated_at AS moment FROM sessions
	UNION ALL
	SELECT user_id, day FROM usage_days
) AS known
WHERE user_id IN (SELECT id FROM users)
GROUP BY user_id;
--> statement-breakpoint
-- The records of usage by day of UTC and model, like usage_days (0027), kept by triggers that run after those.
CREATE TABLE "usage_model_days" (
	"day" timestamp (3) with time zone NOT NULL,
	"agent_id" uuid NOT NULL,
	"model" text NOT NULL,
	"records" bigint NOT NULL,
	"priced" bigint NOT NULL,
	"input_tokens" numeric NOT NULL,
	"output_tokens" numeric NOT NULL,
	"cache_read_tokens" numeric NOT NULL,
	"cache_write_tokens" numeric NOT NULL,
	"cost" numeric,
	CONSTRAINT "usage_model_days_pk" PRIMARY KEY("day", "agent_id", "model")
) WITH (fillfactor = 70);
--> statement-breakpoint
CREATE FUNCTION keep_usage_models() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    TRUNCATE usage_model_days;
    RETURN NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO usage_model_days AS kept
    SELECT date_bin('1 day', created_at, 'epoch'), agent_id, model, count(*), count(cost),
      sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost)
    FROM added GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (day, agent_id, model) DO UPDATE SET
      records = kept.records + excluded.records,
      priced = kept.priced + excluded.priced,
      input_tokens = kept.input_tokens + excluded.input_tokens,
      output_tokens = kept.output_tokens + excluded.output_tokens,
      cache_read_tokens = kept.cache_read_tokens + excluded.cache_read_tokens,
      cache_write_tokens = kept.cache_write_tokens + excluded.cache_write_tokens,
      cost = coalesce(kept.cost + excluded.cost, kept.cost, excluded.cost);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO usage_model_days AS kept
    SELECT date_bin('1 day', created_at, 'epoch'), agent_id, model, count(*), count(cost),
      sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost)
    FROM removed GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (day, agent_id, model) DO UPDATE SET
      records = kept.records - excluded.records,
      priced = kept.priced - excluded.priced,
      input_tokens = kept.input_tokens - excluded.input_tokens,
      output_tokens = kept.output_tokens - excluded.output_tokens,
      cache_read_tokens = kept.cache_read_tokens - excluded.cache_read_tokens,
      cache_write_tokens = kept.cache_write_tokens - excluded.cache_write_tokens,
      cost = CASE WHEN kept.priced > excluded.priced THEN kept.cost - coalesce(excluded.cost, 0) END;
    DELETE FROM usage_model_days WHERE records = 0
      AND day IN (SELECT date_bin('1 day', created_at, 'epoch') FROM removed);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER usage_records_with_model_added AFTER INSERT ON "usage_records"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_models();
--> statement-breakpoint
CREATE TRIGGER usage_records_with_model_changed AFTER UPDATE ON "usage_records"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_models();
--> statement-breakpoint
CREATE TRIGGER usage_records_with_model_removed AFTER DELETE ON "usage_records"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_models();
--> statement-breakpoint
CREATE TRIGGER usage_records_with_model_truncated AFTER TRUNCATE ON "usage_records"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_models();
--> statement-breakpoint
-- The triggers' locks keep others from writing until this has committed.
INSERT INTO usage_model_days
SELECT date_bin('1 day', created_at, 'epoch'), agent_id, model, count(*), count(cost),
  sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost)
FROM usage_records GROUP BY 1, 2, 3;
