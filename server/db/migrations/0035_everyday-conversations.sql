ALTER TABLE "conversations" ADD COLUMN "pinned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "temporary" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Who gave the title; null for those from before, of which nobody knows: they keep what they have.
ALTER TABLE "conversations" ADD COLUMN "titled_by" text;--> statement-breakpoint
CREATE INDEX "conversations_temporary" ON "conversations" USING btree (coalesce("last_message_at", "created_at")) WHERE "conversations"."temporary";
