ALTER TABLE "agents" ADD COLUMN "starters" text[] DEFAULT '{}' NOT NULL;
