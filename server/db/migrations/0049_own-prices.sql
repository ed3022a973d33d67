CREATE TABLE "model_prices" (
	"model" text NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"input_per_million" numeric(30, 10) NOT NULL,
	"output_per_million" numeric(30, 10) NOT NULL,
	"cache_read_per_million" numeric(30, 10),
	"cache_write_per_million" numeric(30, 10),
	CONSTRAINT "model_prices_pk" PRIMARY KEY("model","valid_from")
);
--> statement-breakpoint
-- An own price may be as large as an amount can be: no answer is lost because its cost has no room. Nothing is written anew.
ALTER TABLE "usage_records" ALTER COLUMN "cost" SET DATA TYPE numeric(40, 10);
