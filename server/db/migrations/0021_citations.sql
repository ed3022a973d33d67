CREATE TABLE "conversation_passages" (
	"conversation_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"run_id" uuid NOT NULL,
	"tool_call_id" text NOT NULL,
	"path" text NOT NULL,
	"place" text NOT NULL,
	"text" text NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_passages_conversation_id_number_pk" PRIMARY KEY("conversation_id","number")
);
--> statement-breakpoint
ALTER TABLE "conversation_passages" ADD CONSTRAINT "conversation_passages_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_passages_digest" ON "conversation_passages" USING btree ("conversation_id","digest");--> statement-breakpoint
CREATE INDEX "conversation_passages_path" ON "conversation_passages" USING btree ("conversation_id","path");--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "cited" integer[] DEFAULT '{}' NOT NULL;
