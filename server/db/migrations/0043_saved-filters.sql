CREATE TABLE "saved_filters" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"filter" jsonb NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "saved_filters" ADD CONSTRAINT "saved_filters_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "saved_filters_owner_name" ON "saved_filters" ("owner_id", lower("name"));
--> statement-breakpoint
CREATE INDEX "saved_filters_shared" ON "saved_filters" USING btree ("owner_id") WHERE "shared";
--> statement-breakpoint
-- What an agent did, and what was done with or to it, is found without reading the whole trail.
CREATE INDEX "audit_entries_agent" ON "audit_entries" ((coalesce("detail" ->> 'agentId', substring("resource" from '^agent:(.*)$'), case "actor_type" when 'agent' then "actor_id" end)), "timestamp", "id") WHERE coalesce("detail" ->> 'agentId', substring("resource" from '^agent:(.*)$'), case "actor_type" when 'agent' then "actor_id" end) is not null;
