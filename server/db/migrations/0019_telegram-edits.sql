ALTER TABLE "telegram_updates" ADD COLUMN "message_id" bigint;--> statement-breakpoint
ALTER TABLE "telegram_updates" ADD COLUMN "said" text;--> statement-breakpoint
CREATE INDEX "telegram_updates_message" ON "telegram_updates" USING btree ("bot_id","chat_id","message_id");
