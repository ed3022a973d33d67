CREATE TABLE "uncounted_usage" (
	"day" timestamp (3) with time zone NOT NULL,
	"agent_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"tokens" numeric NOT NULL,
	"cost" numeric NOT NULL,
	CONSTRAINT "uncounted_usage_pk" PRIMARY KEY("day","agent_id","user_id")
);
--> statement-breakpoint
-- No answer is under way during an update: what was reserved last belongs to servers that are gone.
DELETE FROM "budget_reservations";
--> statement-breakpoint
ALTER TABLE "budget_reservations" DROP COLUMN "read_amount";
--> statement-breakpoint
ALTER TABLE "budget_reservations" DROP COLUMN "per_token";
--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD COLUMN "user_id" uuid NOT NULL;
--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD COLUMN "agent_id" uuid NOT NULL;
--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD COLUMN "read_tokens" numeric NOT NULL;
--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD COLUMN "read_cost" numeric;
--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD COLUMN "token_cost" numeric;
--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD COLUMN "writes" integer NOT NULL;
