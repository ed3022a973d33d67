ALTER TABLE "approvals" ADD COLUMN "proposal" jsonb;
--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "summary" text;
--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "fingerprint" text;
--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "told_at" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "may_allow_always" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
CREATE INDEX "approvals_waiting" ON "approvals" ("user_id") WHERE "state" = 'pending';
--> statement-breakpoint
CREATE TABLE "allowances" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"conversation_id" uuid NOT NULL,
	"branch" integer NOT NULL,
	"agent_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"tool_id" text NOT NULL,
	"scope" text NOT NULL,
	"proposal" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "allowances" ADD CONSTRAINT "allowances_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "allowances_unique" ON "allowances" ("conversation_id","tool_id","scope");
