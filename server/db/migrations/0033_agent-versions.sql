ALTER TABLE "agents" ADD COLUMN "description" text;
--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "responsible_user_id" uuid;
--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "review_at" date;
--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "stopped" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_responsible_user_id_users_id_fk" FOREIGN KEY ("responsible_user_id") REFERENCES "users"("id") ON DELETE set null ON UPDATE no action;
--> statement-breakpoint
CREATE TABLE "agent_versions" (
	"agent_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"author_id" uuid,
	"restored_from" integer,
	"state" jsonb NOT NULL,
	CONSTRAINT "agent_versions_agent_id_number_pk" PRIMARY KEY("agent_id","number")
);
--> statement-breakpoint
ALTER TABLE "agent_versions" ADD CONSTRAINT "agent_versions_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
-- What each agent is now is its first version. The same as in server/features/agents/agent-versions.ts.
INSERT INTO "agent_versions" ("agent_id", "number", "created_at", "state")
SELECT id, 1, updated_at, jsonb_build_object(
	'name', name, 'tagline', tagline, 'greetingMessage', greeting_message, 'description', description,
	'responsibleUserId', responsible_user_id, 'reviewAt', review_at, 'model', model, 'personality', personality,
	'instructions', instructions, 'starters', to_jsonb(starters), 'allowedTools', to_jsonb(allowed_tools), 'pluginConfig', plugin_config,
	'visibility', visibility,
	'groupIds', coalesce((SELECT jsonb_agg(group_id ORDER BY group_id) FROM agent_groups WHERE agent_id = agents.id), '[]'),
	'connections', coalesce((SELECT jsonb_agg(jsonb_build_object('connectionId', connection_id, 'accessLevel', access_level,
		'models', to_jsonb(models), 'permissions', permissions) ORDER BY connection_id)
		FROM agent_connections WHERE agent_id = agents.id AND enabled), '[]'))
FROM agents WHERE deleted_at IS NULL;
