-- A chat shows a conversation before its first message has stored it.
ALTER TABLE "telegram_chats" DROP CONSTRAINT "telegram_chats_conversation_id_conversations_id_fk";
