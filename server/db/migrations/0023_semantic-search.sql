-- Vectors of passages, which an embedding model made. All of them can be made anew.
CREATE TABLE "knowledge_embedding_models" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	"model" text NOT NULL,
	"version" integer NOT NULL,
	"dimensions" integer,
	"least_similarity" real,
	"completed_at" timestamp (3) with time zone,
	"cleaned_at" timestamp (3) with time zone,
	"problem" text,
	CONSTRAINT "knowledge_embedding_models_model" UNIQUE("model","version")
);
--> statement-breakpoint
CREATE TABLE "knowledge_embeddings" (
	"model_id" integer NOT NULL REFERENCES "knowledge_embedding_models"("id") ON DELETE cascade,
	"digest" bytea NOT NULL,
	"vector" bytea NOT NULL,
	CONSTRAINT "knowledge_embeddings_pkey" PRIMARY KEY("model_id","digest")
);
--> statement-breakpoint
CREATE TABLE "knowledge_vectors" (
	"document_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"model_id" integer NOT NULL REFERENCES "knowledge_embedding_models"("id") ON DELETE cascade,
	"digest" bytea NOT NULL,
	"bits" bit varying,
	CONSTRAINT "knowledge_vectors_pkey" PRIMARY KEY("document_id","number","model_id"),
	CONSTRAINT "knowledge_vectors_passage" FOREIGN KEY("document_id","number") REFERENCES "knowledge_passages"("document_id","number") ON DELETE cascade
);
--> statement-breakpoint
-- Nothing in a vector can be compressed, and it is read faster from its row than from elsewhere.
ALTER TABLE "knowledge_embeddings" SET (toast_tuple_target = 8160);
--> statement-breakpoint
ALTER TABLE "knowledge_embeddings" ALTER COLUMN "vector" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "knowledge_vectors" ALTER COLUMN "bits" SET STORAGE EXTERNAL;
