CREATE TABLE "conversation_shares" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"conversation_id" uuid NOT NULL,
	"message_ids" uuid[] NOT NULL,
	"shared_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_shares_conversation_id_unique" UNIQUE("conversation_id")
);
--> statement-breakpoint
CREATE TABLE "share_users" (
	"share_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "share_users_share_id_user_id_pk" PRIMARY KEY("share_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "share_groups" (
	"share_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	CONSTRAINT "share_groups_share_id_group_id_pk" PRIMARY KEY("share_id","group_id")
);
--> statement-breakpoint
ALTER TABLE "conversation_shares" ADD CONSTRAINT "conversation_shares_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "share_users" ADD CONSTRAINT "share_users_share_id_conversation_shares_id_fk" FOREIGN KEY ("share_id") REFERENCES "conversation_shares"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "share_users" ADD CONSTRAINT "share_users_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "share_groups" ADD CONSTRAINT "share_groups_share_id_conversation_shares_id_fk" FOREIGN KEY ("share_id") REFERENCES "conversation_shares"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "share_groups" ADD CONSTRAINT "share_groups_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "share_users_user" ON "share_users" USING btree ("user_id");
--> statement-breakpoint
CREATE INDEX "share_groups_group" ON "share_groups" USING btree ("group_id");
