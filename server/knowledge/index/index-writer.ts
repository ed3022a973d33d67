import type { Client } from 'pg';
import { analysisVersion, type Analyser, createAnalyser } from '../analysis/analyser.ts';
import type { Passage } from '../passages/split-passages.ts';
import { type AddedPassages, type BlockBuilder, createBlockBuilder, fullBlock, maxBlock } from './block-builder.ts';
import { copyRows } from './copy-rows.ts';

export interface IndexedDocument {
  id: string;
  /** Words of the name are found too. */
  name: string;
  language: string;
  passages: Passage[];
  /** Undefined when the passages are those that are stored already. */
  digest: string | undefined;
}

interface Waiting {
  builder: BlockBuilder;
  documents: { id: string; digest: string | undefined; added: AddedPassages; passages: Passage[] }[];
  since: number;
  characters: number;
}

/**
 * A block is written when it waits for so long, in milliseconds; the largest, when so much text waits for all of them, in
 * characters: many languages at once take no more memory than one.
 */
const maxCharacters = 6_000_000;
const maxWait = 15_000;

/** Collects documents by language and writes them in blocks, each in one transaction. */
export interface IndexWriter {
  add(document: IndexedDocument): Promise<void>;
  flush(): Promise<void>;
}

export function createIndexWriter(client: Client): IndexWriter {
  const analysers = new Map<string, Analyser>();
  const waiting = new Map<string, Waiting>();

  async function waitingFor(language: string): Promise<Waiting> {
    let one = waiting.get(language);
    if (!one) {
      const analyser = analysers.get(language) ?? (await createAnalyser(language));
      analysers.set(language, analyser);
      one = { builder: createBlockBuilder(analyser), documents: [], since: performance.now(), characters: 0 };
      waiting.set(language, one);
    }
    return one;
  }

  async function write(language: string): Promise<void> {
    const one = waiting.get(language);
    waiting.delete(language);
    if (one && one.documents.length > 0) await writeBlock(client, language, one);
  }

  return {
    async add({ id, name, language, passages, digest }) {
      const before = waiting.get(language);
      if (before && before.builder.passages + passages.length > maxBlock) await write(language);
      const one = await waitingFor(language);
      const added = one.builder.addDocument(passages.map((passage) => searchedText(name, passage)));
      one.documents.push({ id, digest, added, passages: digest === undefined ? [] : passages });
      one.characters += passages.reduce((sum, passage) => sum + passage.text.length, 0);
      if (one.builder.passages >= fullBlock || performance.now() - one.since > maxWait) await write(language);
      const [largest] = [...waiting].sort(([, a], [, b]) => b.characters - a.characters);
      const characters = [...waiting.values()].reduce((sum, each) => sum + each.characters, 0);
      if (largest && characters >= maxCharacters) await write(largest[0]);
    },
    async flush() {
      for (const language of waiting.keys()) await write(language);
    },
  };
}

/** The name without its ending's dot, the headings, the text: a passage is found by all of them. */
function searchedText(name: string, { heading, text }: Passage): string {
  return `${name}\n${heading}\n${text}`;
}

async function writeBlock(client: Client, language: string, { builder, documents }: Waiting): Promise<void> {
  const block = builder.build();
  await client.query('begin');
  const { rows } = await client.query<{ id: number }>(
    'insert into knowledge_blocks (version, language, passages, buckets, lengths) values ($1, $2, $3, $4, $5) returning id',
    [analysisVersion, language, block.passages, block.buckets.length, Buffer.from(block.lengths)],
  );
  const blockId = rows[0]?.id ?? 0;
  await copyRows(
    client,
    'knowledge_postings (block_id, bucket, postings)',
    block.buckets.flatMap((packed, bucket) => (packed.length > 0 ? [[blockId, bucket, packed]] : [])),
  );
  const read = documents.filter((document) => document.digest !== undefined);
  await client.query('delete from knowledge_passages where document_id = any($1)', [read.map(({ id }) => id)]);
  await copyRows(
    client,
    'knowledge_passages (document_id, number, place, heading, content)',
    read.flatMap(({ id, passages }) =>
      passages.map((passage, number) => [
        id,
        number,
        plain(passage.place),
        plain(passage.heading),
        plain(passage.text),
      ]),
    ),
  );
  await client.query(
    `update knowledge_documents set state = 'indexed', code = null, reason = null, language = $1, block_id = $2,
        digest = coalesce(done.digest, knowledge_documents.digest), first_passage = done.first, passages = done.passages,
        words = done.words, grams = done.grams, attempts = 0, indexed_at = now()
      from unnest($3::bigint[], $4::text[], $5::int[], $6::int[], $7::bigint[], $8::bigint[])
        as done(id, digest, first, passages, words, grams)
      where knowledge_documents.id = done.id`,
    [
      language,
      blockId,
      documents.map(({ id }) => id),
      documents.map(({ digest }) => digest ?? null),
      documents.map(({ added }) => added.firstPassage),
      documents.map(({ added }) => added.passages),
      documents.map(({ added }) => added.words),
      documents.map(({ added }) => added.grams),
    ],
  );
  await client.query('commit');
}

/** PostgreSQL refuses NUL and halves of characters. */
const plain = (text: string): string => text.replaceAll('\0', '').toWellFormed();
