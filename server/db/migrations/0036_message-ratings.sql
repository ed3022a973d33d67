CREATE TABLE "message_ratings" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"model" text,
	"rating" text NOT NULL,
	"comment" text,
	"shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_ratings_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action
);
--> statement-breakpoint
CREATE INDEX "message_ratings_agent" ON "message_ratings" USING btree ("agent_id","created_at");--> statement-breakpoint
CREATE INDEX "message_ratings_shared" ON "message_ratings" USING btree ("created_at") WHERE "message_ratings"."shared";
