-- What the records of usage come to, by hour and by day of UTC: the page reads these, and records only where a window or a day
-- begins within one. Kept by the statement that writes the records, whoever sends it, so that they are always exact.
CREATE TABLE "usage_hours" (
	"hour" timestamp (3) with time zone NOT NULL,
	"agent_id" uuid NOT NULL,
	"source" text NOT NULL,
	"records" bigint NOT NULL,
	"priced" bigint NOT NULL,
	"input_tokens" numeric NOT NULL,
	"output_tokens" numeric NOT NULL,
	"cache_read_tokens" numeric NOT NULL,
	"cache_write_tokens" numeric NOT NULL,
	"cost" numeric,
	CONSTRAINT "usage_hours_pk" PRIMARY KEY("hour", "agent_id", "source")
) WITH (fillfactor = 70);
--> statement-breakpoint
CREATE TABLE "usage_days" (
	"day" timestamp (3) with time zone NOT NULL,
	"agent_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"records" bigint NOT NULL,
	"priced" bigint NOT NULL,
	"input_tokens" numeric NOT NULL,
	"output_tokens" numeric NOT NULL,
	"cache_read_tokens" numeric NOT NULL,
	"cache_write_tokens" numeric NOT NULL,
	"cost" numeric,
	CONSTRAINT "usage_days_pk" PRIMARY KEY("day", "agent_id", "user_id")
) WITH (fillfactor = 70);
--> statement-breakpoint
CREATE FUNCTION keep_usage_rollups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    TRUNCATE usage_hours, usage_days;
    RETURN NULL;
  END IF;
  -- What is added comes before what is taken away, so that no row that stays is deleted between; rows are locked in one order.
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO usage_hours AS kept
    SELECT date_bin('1 hour', created_at, 'epoch'), agent_id, source, count(*), count(cost),
      sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost)
    FROM added GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (hour, agent_id, source) DO UPDATE SET
      records = kept.records + excluded.records,
      priced = kept.priced + excluded.priced,
      input_tokens = kept.input_tokens + excluded.input_tokens,
      output_tokens = kept.output_tokens + excluded.output_tokens,
      cache_read_tokens = kept.cache_read_tokens + excluded.cache_read_tokens,
      cache_write_tokens = kept.cache_write_tokens + excluded.cache_write_tokens,
      cost = coalesce(kept.cost + excluded.cost, kept.cost, excluded.cost);
    INSERT INTO usage_days AS kept
    SELECT date_bin('1 day', created_at, 'epoch'), agent_id, user_id, count(*), count(cost),
      sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost)
    FROM added GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (day, agent_id, user_id) DO UPDATE SET
      records = kept.records + excluded.records,
      priced = kept.priced + excluded.priced,
      input_tokens = kept.input_tokens + excluded.input_tokens,
      output_tokens = kept.output_tokens + excluded.output_tokens,
      cache_read_tokens = kept.cache_read_tokens + excluded.cache_read_tokens,
      cache_write_tokens = kept.cache_write_tokens + excluded.cache_write_tokens,
      cost = coalesce(kept.cost + excluded.cost, kept.cost, excluded.cost);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO usage_hours AS kept
    SELECT date_bin('1 hour', created_at, 'epoch'), agent_id, source, count(*), count(cost),
      sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost)
    FROM removed GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (hour, agent_id, source) DO UPDATE SET
      records = kept.records - excluded.records,
      priced = kept.priced - excluded.priced,
      input_tokens = kept.input_tokens - excluded.input_tokens,
      output_tokens = kept.output_tokens - excluded.output_tokens,
      cache_read_tokens = kept.cache_read_tokens - excluded.cache_read_tokens,
      cache_write_tokens = kept.cache_write_tokens - excluded.cache_write_tokens,
      cost = CASE WHEN kept.priced > excluded.priced THEN kept.cost - coalesce(excluded.cost, 0) END;
    INSERT INTO usage_days AS kept
    SELECT date_bin('1 day', created_at, 'epoch'), agent_id, user_id, count(*), count(cost),
      sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost)
    FROM removed GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (day, agent_id, user_id) DO UPDATE SET
      records = kept.records - excluded.records,
      priced = kept.priced - excluded.priced,
      input_tokens = kept.input_tokens - excluded.input_tokens,
      output_tokens = kept.output_tokens - excluded.output_tokens,
      cache_read_tokens = kept.cache_read_tokens - excluded.cache_read_tokens,
      cache_write_tokens = kept.cache_write_tokens - excluded.cache_write_tokens,
      cost = CASE WHEN kept.priced > excluded.priced THEN kept.cost - coalesce(excluded.cost, 0) END;
    DELETE FROM usage_hours WHERE records = 0
      AND hour IN (SELECT date_bin('1 hour', created_at, 'epoch') FROM removed);
    DELETE FROM usage_days WHERE records = 0
      AND day IN (SELECT date_bin('1 day', created_at, 'epoch') FROM removed);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER usage_records_added AFTER INSERT ON "usage_records"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_rollups();
--> statement-breakpoint
CREATE TRIGGER usage_records_changed AFTER UPDATE ON "usage_records"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_rollups();
--> statement-breakpoint
CREATE TRIGGER usage_records_removed AFTER DELETE ON "usage_records"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_rollups();
--> statement-breakpoint
CREATE TRIGGER usage_records_truncated AFTER TRUNCATE ON "usage_records"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_rollups();
--> statement-breakpoint
-- The triggers' locks keep others from writing until this has committed.
INSERT INTO usage_hours
SELECT date_bin('1 hour', created_at, 'epoch'), agent_id, source, count(*), count(cost),
  sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost)
FROM usage_records GROUP BY 1, 2, 3;
--> statement-breakpoint
INSERT INTO usage_days
SELECT date_bin('1 day', created_at, 'epoch'), agent_id, user_id, count(*), count(cost),
  sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost)
FROM usage_records GROUP BY 1, 2, 3;
