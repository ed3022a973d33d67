-- The index of the documents below the data root. All of it can be made anew from the files.
CREATE TABLE "knowledge_directories" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	"path" text COLLATE "C" NOT NULL,
	"indexed_at" timestamp (3) with time zone,
	CONSTRAINT "knowledge_directories_path" UNIQUE("path")
);
--> statement-breakpoint
CREATE TABLE "knowledge_blocks" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	"version" integer NOT NULL,
	"language" text NOT NULL,
	"passages" integer NOT NULL,
	"buckets" integer NOT NULL,
	"lengths" bytea NOT NULL
);
--> statement-breakpoint
CREATE TABLE "knowledge_documents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	"directory_id" integer NOT NULL REFERENCES "knowledge_directories"("id") ON DELETE cascade,
	"name" text COLLATE "C" NOT NULL,
	"size" bigint NOT NULL,
	"modified" double precision NOT NULL,
	"file" text NOT NULL,
	"digest" text,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"code" text,
	"reason" text,
	"series" text,
	"edition" text,
	"language" text,
	"block_id" integer REFERENCES "knowledge_blocks"("id"),
	"first_passage" integer DEFAULT 0 NOT NULL,
	"passages" integer DEFAULT 0 NOT NULL,
	"words" bigint DEFAULT 0 NOT NULL,
	"grams" bigint DEFAULT 0 NOT NULL,
	"indexed_at" timestamp (3) with time zone,
	CONSTRAINT "knowledge_documents_place" UNIQUE("directory_id","name")
);
--> statement-breakpoint
CREATE INDEX "knowledge_documents_block" ON "knowledge_documents" ("block_id","first_passage");
--> statement-breakpoint
CREATE INDEX "knowledge_documents_waiting" ON "knowledge_documents" ("directory_id") WHERE "state" <> 'indexed';
--> statement-breakpoint
CREATE INDEX "knowledge_documents_digest" ON "knowledge_documents" ("digest");
--> statement-breakpoint
CREATE TABLE "knowledge_passages" (
	"document_id" bigint NOT NULL REFERENCES "knowledge_documents"("id") ON DELETE cascade,
	"number" integer NOT NULL,
	"place" text NOT NULL,
	"heading" text NOT NULL,
	"content" text NOT NULL,
	CONSTRAINT "knowledge_passages_pkey" PRIMARY KEY("document_id","number")
);
--> statement-breakpoint
CREATE TABLE "knowledge_postings" (
	"block_id" integer NOT NULL REFERENCES "knowledge_blocks"("id") ON DELETE cascade,
	"bucket" integer NOT NULL,
	"postings" bytea NOT NULL,
	CONSTRAINT "knowledge_postings_pkey" PRIMARY KEY("block_id","bucket")
);
--> statement-breakpoint
-- Postings are packed already; compressing them once more costs time and gains little, and so does storing them elsewhere.
ALTER TABLE "knowledge_postings" SET (toast_tuple_target = 8160);
--> statement-breakpoint
ALTER TABLE "knowledge_postings" ALTER COLUMN "postings" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "knowledge_blocks" ALTER COLUMN "lengths" SET STORAGE EXTERNAL;
