ALTER TABLE "uploads" ADD COLUMN "position" integer;
