CREATE TABLE "telegram_bots" (
	"id" bigint PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"username" text NOT NULL,
	"token" text NOT NULL,
	"hint" text NOT NULL,
	"is_main" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'ok' NOT NULL,
	"reason" text,
	"lease_replica" uuid,
	"lease_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "telegram_bots_agent_id_unique" UNIQUE("agent_id")
);
--> statement-breakpoint
CREATE TABLE "telegram_chats" (
	"bot_id" bigint NOT NULL,
	"chat_id" bigint NOT NULL,
	"conversation_id" uuid,
	"shown_through" bigint DEFAULT 0 NOT NULL,
	"answer" jsonb,
	"is_closed" boolean DEFAULT false NOT NULL,
	CONSTRAINT "telegram_chats_bot_id_chat_id_pk" PRIMARY KEY("bot_id","chat_id")
);
--> statement-breakpoint
CREATE TABLE "telegram_links" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"telegram_user_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "telegram_links_telegram_user_id_unique" UNIQUE("telegram_user_id")
);
--> statement-breakpoint
CREATE TABLE "telegram_pairings" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"bot_id" bigint NOT NULL,
	"telegram_user_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "telegram_updates" (
	"bot_id" bigint NOT NULL,
	"update_id" bigint NOT NULL,
	"chat_id" bigint,
	"album_id" text,
	"payload" jsonb,
	"client_message_id" uuid NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"handled_at" timestamp (3) with time zone,
	CONSTRAINT "telegram_updates_bot_id_update_id_pk" PRIMARY KEY("bot_id","update_id")
);
--> statement-breakpoint
ALTER TABLE "telegram_bots" ADD CONSTRAINT "telegram_bots_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telegram_chats" ADD CONSTRAINT "telegram_chats_bot_id_telegram_bots_id_fk" FOREIGN KEY ("bot_id") REFERENCES "public"."telegram_bots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telegram_chats" ADD CONSTRAINT "telegram_chats_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telegram_links" ADD CONSTRAINT "telegram_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telegram_pairings" ADD CONSTRAINT "telegram_pairings_bot_id_telegram_bots_id_fk" FOREIGN KEY ("bot_id") REFERENCES "public"."telegram_bots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "telegram_updates" ADD CONSTRAINT "telegram_updates_bot_id_telegram_bots_id_fk" FOREIGN KEY ("bot_id") REFERENCES "public"."telegram_bots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "telegram_bots_main_unique" ON "telegram_bots" USING btree ("is_main") WHERE "telegram_bots"."is_main";--> statement-breakpoint
CREATE INDEX "telegram_chats_conversation" ON "telegram_chats" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "telegram_pairings_account" ON "telegram_pairings" USING btree ("telegram_user_id","created_at");--> statement-breakpoint
CREATE INDEX "telegram_updates_open" ON "telegram_updates" USING btree ("bot_id","update_id") WHERE "telegram_updates"."handled_at" is null;--> statement-breakpoint
CREATE INDEX "telegram_updates_client_message" ON "telegram_updates" USING btree ("client_message_id");--> statement-breakpoint
CREATE INDEX "telegram_updates_received" ON "telegram_updates" USING btree ("received_at");