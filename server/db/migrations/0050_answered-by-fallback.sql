ALTER TABLE "messages" ADD COLUMN "fallback_model" text;
