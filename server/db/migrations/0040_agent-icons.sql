ALTER TABLE "agents" ADD COLUMN "icon" jsonb;
--> statement-breakpoint
-- None had one, and a version says so, as those of server/features/agents/agent-versions.ts do.
UPDATE "agent_versions" SET "state" = "state" || '{"icon": null}';
