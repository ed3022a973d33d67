ALTER TABLE "telegram_chats" ADD COLUMN "topic_id" bigint;
