ALTER TABLE "messages" ADD COLUMN "finish_reason" text;
