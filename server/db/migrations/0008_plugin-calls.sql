CREATE TABLE "plugin_calls" (
	"run_id" uuid NOT NULL,
	"gateway_run_id" text NOT NULL,
	"tool_call_id" text NOT NULL,
	"replica_id" uuid NOT NULL,
	"outcome" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plugin_calls_gateway_run_id_tool_call_id_pk" PRIMARY KEY("gateway_run_id","tool_call_id")
);
--> statement-breakpoint
ALTER TABLE "plugin_calls" ADD CONSTRAINT "plugin_calls_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plugin_calls_run" ON "plugin_calls" USING btree ("run_id");