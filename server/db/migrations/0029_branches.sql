ALTER TABLE "conversations" ADD COLUMN "branch" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "hidden" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "attachments_of" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "model" text;--> statement-breakpoint
CREATE INDEX "messages_parent" ON "messages" USING btree ("parent_id") WHERE "messages"."parent_id" is not null;--> statement-breakpoint
CREATE TABLE "branch_summaries" (
	"conversation_id" uuid NOT NULL,
	"through" bigint NOT NULL,
	"summary" text NOT NULL,
	CONSTRAINT "branch_summaries_conversation_id_through_pk" PRIMARY KEY("conversation_id","through")
);
--> statement-breakpoint
ALTER TABLE "branch_summaries" ADD CONSTRAINT "branch_summaries_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;
