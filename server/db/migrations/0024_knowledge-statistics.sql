-- Whether there is a later edition is asked of every passage that is found: not by looking through its directory.
CREATE INDEX "knowledge_documents_editions" ON "knowledge_documents" ("directory_id","series","edition") WHERE "series" IS NOT NULL;
--> statement-breakpoint
-- How much of a block lies in a directory: a search adds up these, not documents.
CREATE TABLE "knowledge_statistics" (
	"directory_id" integer NOT NULL REFERENCES "knowledge_directories"("id") ON DELETE cascade,
	"block_id" integer NOT NULL REFERENCES "knowledge_blocks"("id") ON DELETE cascade,
	"documents" integer NOT NULL,
	"passages" integer NOT NULL,
	"words" bigint NOT NULL,
	"grams" bigint NOT NULL,
	CONSTRAINT "knowledge_statistics_pkey" PRIMARY KEY("directory_id","block_id")
);
--> statement-breakpoint
CREATE INDEX "knowledge_statistics_block" ON "knowledge_statistics" ("block_id");
--> statement-breakpoint
INSERT INTO "knowledge_statistics" SELECT directory_id, block_id, count(*), sum(passages), sum(words), sum(grams)
	FROM "knowledge_documents" WHERE block_id IS NOT NULL AND passages > 0 GROUP BY directory_id, block_id;
--> statement-breakpoint
CREATE FUNCTION knowledge_statistics_add() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO knowledge_statistics AS known
		SELECT directory_id, block_id, count(*), sum(passages), sum(words), sum(grams)
		FROM added WHERE block_id IS NOT NULL AND passages > 0 GROUP BY directory_id, block_id
	ON CONFLICT (directory_id, block_id) DO UPDATE SET documents = known.documents + excluded.documents,
		passages = known.passages + excluded.passages, words = known.words + excluded.words, grams = known.grams + excluded.grams;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION knowledge_statistics_subtract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE knowledge_statistics AS known SET documents = known.documents - gone.documents,
		passages = known.passages - gone.passages, words = known.words - gone.words, grams = known.grams - gone.grams
		FROM (SELECT directory_id, block_id, count(*) AS documents, sum(passages) AS passages, sum(words) AS words,
			sum(grams) AS grams FROM removed WHERE block_id IS NOT NULL AND passages > 0 GROUP BY directory_id, block_id) AS gone
		WHERE known.directory_id = gone.directory_id AND known.block_id = gone.block_id;
	DELETE FROM knowledge_statistics AS known USING removed
		WHERE known.directory_id = removed.directory_id AND known.block_id = removed.block_id AND known.documents <= 0;
	RETURN NULL;
END $$;
--> statement-breakpoint
-- What stays as it was, as when a document is only marked for reading, changes nothing.
CREATE FUNCTION knowledge_statistics_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO knowledge_statistics AS known
		SELECT directory_id, block_id, sum(documents), sum(passages), sum(words), sum(grams) FROM (
			SELECT directory_id, block_id, 1 AS documents, passages, words, grams FROM added
				WHERE block_id IS NOT NULL AND passages > 0
			UNION ALL SELECT directory_id, block_id, -1, -passages, -words, -grams FROM removed
				WHERE block_id IS NOT NULL AND passages > 0
		) AS change GROUP BY directory_id, block_id
		HAVING sum(documents) <> 0 OR sum(passages) <> 0 OR sum(words) <> 0 OR sum(grams) <> 0
	ON CONFLICT (directory_id, block_id) DO UPDATE SET documents = known.documents + excluded.documents,
		passages = known.passages + excluded.passages, words = known.words + excluded.words, grams = known.grams + excluded.grams;
	DELETE FROM knowledge_statistics AS known USING removed
		WHERE known.directory_id = removed.directory_id AND known.block_id = removed.block_id AND known.documents <= 0;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "knowledge_statistics_add" AFTER INSERT ON "knowledge_documents" REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION knowledge_statistics_add();
--> statement-breakpoint
CREATE TRIGGER "knowledge_statistics_subtract" AFTER DELETE ON "knowledge_documents" REFERENCING OLD TABLE AS removed
	FOR EACH STATEMENT EXECUTE FUNCTION knowledge_statistics_subtract();
--> statement-breakpoint
CREATE TRIGGER "knowledge_statistics_move" AFTER UPDATE ON "knowledge_documents"
	REFERENCING OLD TABLE AS removed NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION knowledge_statistics_move();
