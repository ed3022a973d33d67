ALTER TABLE "agents" ADD COLUMN "fallback_model" text;
--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "reasoning_effort" text;
--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "temperature" double precision;
--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "max_output_tokens" integer;
--> statement-breakpoint
-- None had any, and a version says so, as those of server/features/agents/agent-versions.ts do.
UPDATE "agent_versions" SET "state" = "state" || '{"fallbackModel": null, "reasoningEffort": null, "temperature": null, "maxOutputTokens": null}';
