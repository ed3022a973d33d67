import {
  bigint,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { moment } from './moment.ts';

// The index of the documents below the data root: made from the files, and anew whenever it is lost.

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const bits = customType<{ data: string }>({ dataType: () => 'bit varying' });

/** A directory as it really lies below `/data`, whatever links lead to it. */
export const knowledgeDirectories = pgTable(
  'knowledge_directories',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    /** Virtual, such as `/data/hr/policies`. */
    path: text('path').notNull(),
    /** When it was last looked through. */
    indexedAt: moment('indexed_at'),
  },
  (table) => [unique('knowledge_directories_path').on(table.path)],
);

/** Passages that were indexed together, in one language. Written once, never changed. */
export const knowledgeBlocks = pgTable('knowledge_blocks', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  /** Of the analysis: another one gives other terms. */
  version: integer('version').notNull(),
  language: text('language').notNull(),
  passages: integer('passages').notNull(),
  /** Into how many buckets its terms are put. */
  buckets: integer('buckets').notNull(),
  /** For each passage its words and its letter groups, 16 bits each. */
  lengths: bytea('lengths').notNull(),
});

export const knowledgeDocuments = pgTable(
  'knowledge_documents',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    directoryId: integer('directory_id')
      .notNull()
      .references(() => knowledgeDirectories.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    /** Milliseconds since 1970. */
    modified: doublePrecision('modified').notNull(),
    /** Device and inode: what a file keeps when it is renamed. */
    file: text('file').notNull(),
    /** SHA-256 of what was read, in hexadecimal. */
    digest: text('digest'),
    /** `stale`: what was read of it stands, its terms are to be made anew. */
    state: text('state', { enum: ['pending', 'stale', 'indexed', 'unreadable'] })
      .notNull()
      .default('pending'),
    /** How often indexing it began since it last changed. */
    attempts: integer('attempts').notNull().default(0),
    /** Why it cannot be read. */
    code: text('code'),
    reason: text('reason'),
    /** The name without what tells editions apart, and what that is: `handbook v2.pdf` is edition 2 of `handbook .pdf`. */
    series: text('series'),
    edition: text('edition'),
    language: text('language'),
    blockId: integer('block_id').references(() => knowledgeBlocks.id),
    firstPassage: integer('first_passage').notNull().default(0),
    passages: integer('passages').notNull().default(0),
    words: bigint('words', { mode: 'number' }).notNull().default(0),
    grams: bigint('grams', { mode: 'number' }).notNull().default(0),
    indexedAt: moment('indexed_at'),
  },
  (table) => [
    unique('knowledge_documents_place').on(table.directoryId, table.name),
    index('knowledge_documents_block').on(table.blockId, table.firstPassage),
    index('knowledge_documents_waiting')
      .on(table.directoryId)
      .where(sql`${table.state} <> 'indexed'`),
    index('knowledge_documents_digest').on(table.digest),
    index('knowledge_documents_editions')
      .on(table.directoryId, table.series, table.edition)
      .where(sql`${table.series} is not null`),
  ],
);

/** How much of a block lies in a directory, kept by triggers (0024_knowledge-statistics.sql). */
export const knowledgeStatistics = pgTable(
  'knowledge_statistics',
  {
    directoryId: integer('directory_id')
      .notNull()
      .references(() => knowledgeDirectories.id, { onDelete: 'cascade' }),
    blockId: integer('block_id')
      .notNull()
      .references(() => knowledgeBlocks.id, { onDelete: 'cascade' }),
    documents: integer('documents').notNull(),
    passages: integer('passages').notNull(),
    words: bigint('words', { mode: 'number' }).notNull(),
    grams: bigint('grams', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.directoryId, table.blockId] }),
    index('knowledge_statistics_block').on(table.blockId),
  ],
);

export const knowledgePassages = pgTable(
  'knowledge_passages',
  {
    documentId: bigint('document_id', { mode: 'number' })
      .notNull()
      .references(() => knowledgeDocuments.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    place: text('place').notNull(),
    heading: text('heading').notNull(),
    content: text('content').notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.number] })],
);

/** In which passages of a block its terms stand; see server/knowledge/index/term-buckets.ts and postings.ts. */
export const knowledgePostings = pgTable(
  'knowledge_postings',
  {
    blockId: integer('block_id')
      .notNull()
      .references(() => knowledgeBlocks.id, { onDelete: 'cascade' }),
    bucket: integer('bucket').notNull(),
    postings: bytea('postings').notNull(),
  },
  (table) => [primaryKey({ columns: [table.blockId, table.bucket] })],
);

/** A model of which there are vectors: the one that an admin chose, and while that one is not through yet the one before. */
export const knowledgeEmbeddingModels = pgTable(
  'knowledge_embedding_models',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    /** `<provider>/<model id>` */
    model: text('model').notNull(),
    /** Of how texts are given to models: another one gives other vectors. */
    version: integer('version').notNull(),
    /** Null until it has answered once. */
    dimensions: integer('dimensions'),
    /** The cosine below which two texts have nothing to do with each other. */
    leastSimilarity: real('least_similarity'),
    /** When every passage had a vector for the first time: since then it answers. */
    completedAt: moment('completed_at'),
    /** When vectors of texts that are gone were last removed. */
    cleanedAt: moment('cleaned_at'),
    /** Why embedding stopped, as a sentence; null while it goes on. */
    problem: text('problem'),
  },
  (table) => [unique('knowledge_embedding_models_model').on(table.model, table.version)],
);

/** The vector of a text, once for each text. */
export const knowledgeEmbeddings = pgTable(
  'knowledge_embeddings',
  {
    modelId: integer('model_id')
      .notNull()
      .references(() => knowledgeEmbeddingModels.id, { onDelete: 'cascade' }),
    /** SHA-256 of heading and text. */
    digest: bytea('digest').notNull(),
    /** Of length 1, as half floats. */
    vector: bytea('vector').notNull(),
  },
  (table) => [primaryKey({ columns: [table.modelId, table.digest] })],
);

/** The sign of each number of a passage's vector: small enough that all passages are compared with a query. */
export const knowledgeVectors = pgTable(
  'knowledge_vectors',
  {
    documentId: bigint('document_id', { mode: 'number' }).notNull(),
    number: integer('number').notNull(),
    modelId: integer('model_id')
      .notNull()
      .references(() => knowledgeEmbeddingModels.id, { onDelete: 'cascade' }),
    digest: bytea('digest').notNull(),
    /** Null where the model refused the text. */
    bits: bits('bits'),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.number, table.modelId] }),
    foreignKey({
      name: 'knowledge_vectors_passage',
      columns: [table.documentId, table.number],
      foreignColumns: [knowledgePassages.documentId, knowledgePassages.number],
    }).onDelete('cascade'),
  ],
);
