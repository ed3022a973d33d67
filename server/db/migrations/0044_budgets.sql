CREATE TABLE "budgets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"scope" text NOT NULL,
	"group_id" uuid,
	"user_id" uuid,
	"agent_id" uuid,
	"unit" text NOT NULL,
	"amount" numeric(30, 10) NOT NULL,
	"period" text NOT NULL,
	"action" text NOT NULL,
	"warn_at_percent" integer NOT NULL,
	"raise_amount" numeric(30, 10),
	"raise_until" timestamp (3) with time zone,
	"raise_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budgets_subject" CHECK (num_nonnulls(group_id, user_id, agent_id) = (scope <> 'organisation')::int
        and (scope <> 'group' or group_id is not null) and (scope <> 'user' or user_id is not null)
        and (scope <> 'agent' or agent_id is not null))
);
--> statement-breakpoint
CREATE TABLE "budget_periods" (
	"budget_id" uuid NOT NULL,
	"start" timestamp (3) with time zone NOT NULL,
	"spent" numeric(40, 10) NOT NULL,
	"reached_percent" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "budget_periods_pk" PRIMARY KEY("budget_id","start")
) WITH (fillfactor = 70);
--> statement-breakpoint
CREATE TABLE "budget_reservations" (
	"budget_id" uuid NOT NULL,
	"holder" uuid NOT NULL,
	"amount" numeric(30, 10) NOT NULL,
	"read_amount" numeric(30, 10) NOT NULL,
	"per_token" numeric(30, 15) NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "budget_reservations_pk" PRIMARY KEY("budget_id","holder")
);
--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "budget_periods" ADD CONSTRAINT "budget_periods_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "budgets"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD CONSTRAINT "budget_reservations_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "budgets"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "budgets_once" ON "budgets" ("scope", coalesce("group_id", "user_id", "agent_id", '00000000-0000-0000-0000-000000000000'::uuid), "unit", "period");
--> statement-breakpoint
CREATE INDEX "budget_reservations_holder" ON "budget_reservations" ("holder");
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "error_details" jsonb;
--> statement-breakpoint
-- Whatever writes down usage, spends: no way of asking a model can leave a budget out. Budgets are locked by id, as they are
-- wherever something is reserved, so that nobody waits in a circle.
CREATE FUNCTION spend_budgets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM budgets) THEN
    RETURN NULL;
  END IF;
  PERFORM FROM budgets WHERE EXISTS (
    SELECT FROM added WHERE scope = 'organisation' OR budgets.user_id = added.user_id OR budgets.agent_id = added.agent_id
      OR (scope = 'group' AND EXISTS (
        SELECT FROM group_members WHERE group_members.group_id = budgets.group_id AND group_members.user_id = added.user_id))
  ) ORDER BY id FOR NO KEY UPDATE;
  INSERT INTO budget_periods AS kept (budget_id, start, spent)
  SELECT budgets.id, date_trunc(period, added.created_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC', sum(CASE unit WHEN 'usd' THEN coalesce(cost, 0)
    ELSE input_tokens::numeric + output_tokens + cache_read_tokens + cache_write_tokens END)
  FROM added JOIN budgets ON scope = 'organisation' OR budgets.user_id = added.user_id OR budgets.agent_id = added.agent_id
    OR (scope = 'group' AND EXISTS (
      SELECT FROM group_members WHERE group_members.group_id = budgets.group_id AND group_members.user_id = added.user_id))
  GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (budget_id, start) DO UPDATE SET spent = kept.spent + excluded.spent;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER usage_records_spend AFTER INSERT ON usage_records REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION spend_budgets();
