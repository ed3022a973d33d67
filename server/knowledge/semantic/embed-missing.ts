import type { Client } from 'pg';
import { isDeepStrictEqual } from 'node:util';
import type { EmbeddingModel } from '../../providers/embeddings/create-embedding-model.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import { calibrate } from './calibration.ts';
import { createPatientModel, type Patience, type PatientModel } from './patient-model.ts';
import { completeModel, type ModelRow, noteProblem, openModelRow, storeCalibration } from './embedding-models.ts';
import type { EmbeddingSummary, EmbeddingTarget, PricedTarget } from './messages.ts';
import {
  type EmbeddingUsage,
  findKnownVectors,
  findMissing,
  type MissingPassage,
  type PassageVector,
  type Position,
  recordUsage,
  storeVectors,
} from './passage-vectors.ts';

/** Any constant would do, as long as every replica uses the same. */
const embeddingLock = 7_464_249_142;
const batchSize = 256;
/** What one request holds: enough that its way there and back does not count, and done in a moment. */
const requestTexts = 32;
/** A machine of one's own may take a tenth of a second for each, while a chat waits for the same machine. */
const ownMachineTexts = 8;
const requestCharacters = 40_000;

export interface EmbeddingWork {
  client: Client;
  /** What is chosen at this moment: asked before anything is sent. */
  findTarget(): Promise<PricedTarget | undefined>;
  openModel(target: EmbeddingTarget): EmbeddingModel;
  patience?: Partial<Patience> | undefined;
}

/** The model that was being asked is not the chosen one any more. */
class TargetChanged extends Error {
  override name = 'TargetChanged';
}

/**
 * Gives every passage a vector of the chosen model. One process at a time does; the lock is the connection's, so it ends
 * with it. Each request's vectors are stored at once: whatever stops a pass, the next one goes on where it was.
 */
export async function embedMissing(work: EmbeddingWork): Promise<EmbeddingSummary> {
  const { client, findTarget } = work;
  const summary: EmbeddingSummary = { hadLock: true, embedded: 0, isOutdated: false, problem: undefined };
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [embeddingLock]);
  if (rows[0]?.taken !== true) return { ...summary, hadLock: false };
  const target = await findTarget();
  if (!target) return summary;
  let { dollarsPerMillion } = target;
  const row = await openModelRow(client, target.model);
  const model = createPatientModel(work.openModel(target), {
    patience: work.patience,
    async beforeRequest() {
      const now = await findTarget();
      if (!now || !isSame(now, target)) throw new TargetChanged();
      dollarsPerMillion = now.dollarsPerMillion;
    },
  });
  const usageOf = (tokens: number): EmbeddingUsage => ({
    model: target.model,
    tokens,
    cost: dollarsPerMillion === null ? null : (tokens * dollarsPerMillion) / 1_000_000,
  });
  const pass: Pass = { client, row, usageOf, model, summary };
  try {
    await prepare(pass);
    await embedAll(pass);
    await completeModel(client, row.id);
    return summary;
  } catch (error) {
    await client.query('rollback');
    if (error instanceof TargetChanged) return { ...summary, isOutdated: true };
    if (!(error instanceof ProviderError)) throw error;
    await noteProblem(client, row.id, error.message);
    return { ...summary, problem: error.message };
  }
}

/** Learns about a model what has to be known before its vectors can be compared. */
async function prepare({ client, row, model, usageOf }: Pass): Promise<void> {
  if (row.dimensions !== null) return;
  const calibration = await calibrate(model, AbortSignal.timeout(10 * 60_000));
  await storeCalibration(client, row.id, calibration);
  await recordUsage(client, usageOf(calibration.tokens));
  row.dimensions = calibration.dimensions;
}

const isSame = (one: EmbeddingTarget, other: EmbeddingTarget) =>
  one.model === other.model && isDeepStrictEqual(one.credential, other.credential);

interface Pass {
  client: Client;
  row: ModelRow;
  /** At the price of the request that was made last. */
  usageOf(tokens: number): EmbeddingUsage;
  model: PatientModel;
  summary: EmbeddingSummary;
}

async function embedAll(pass: Pass): Promise<void> {
  const { client, row } = pass;
  let after: Position = { documentId: '0', number: -1 };
  for (;;) {
    const missing = await findMissing(client, row.id, after, batchSize);
    const last = missing.at(-1);
    if (!last) return;
    const known = await findKnownVectors(
      client,
      row.id,
      missing.map(({ digest }) => digest),
    );
    const vectorOf = ({ digest }: MissingPassage) => known.get(digest.toString('hex'));
    const again = missing.flatMap((passage) => {
      const vector = vectorOf(passage);
      return vector ? [{ ...passage, vector }] : [];
    });
    if (again.length > 0) await store(pass, again);
    const unknown = missing.filter((passage) => !vectorOf(passage));
    const maxTexts = pass.model.provider === 'ollama-local' ? ownMachineTexts : requestTexts;
    for (const request of divide(unknown, maxTexts)) await embedSome(pass, request);
    after = last;
  }
}

/** Passages of one request; those with the same text are one. */
function divide(passages: MissingPassage[], maxTexts: number): MissingPassage[][][] {
  const byDigest = Map.groupBy(passages, ({ digest }) => digest.toString('hex'));
  const requests: MissingPassage[][][] = [];
  let characters = Infinity;
  for (const same of byDigest.values()) {
    const length = same[0]?.text.length ?? 0;
    if (characters + length > requestCharacters || (requests.at(-1)?.length ?? 0) >= maxTexts) {
      requests.push([]);
      characters = 0;
    }
    requests.at(-1)?.push(same);
    characters += length;
  }
  return requests;
}

async function embedSome(pass: Pass, request: MissingPassage[][]): Promise<void> {
  const { model, usageOf, row } = pass;
  const texts = request.map(([first]) => first?.text ?? '');
  const { vectors, tokens } = await model.embedEach(texts);
  const sized = vectors.find((vector) => vector && vector.length !== row.dimensions);
  if (sized) throw replaced(model, row, sized.length);
  const passages = request.flatMap((same, index) => same.map((passage) => ({ ...passage, vector: vectors[index] })));
  await store(pass, passages, usageOf(tokens));
  await noteProblem(pass.client, row.id, null);
}

/** A document that is indexed anew at this moment takes its passages away; what is left of them is stored. */
async function store(pass: Pass, passages: PassageVector[], usage?: EmbeddingUsage): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await storeVectors(pass.client, pass.row.id, passages, usage);
      pass.summary.embedded += passages.length;
      return;
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (!mayPass.has(String(code)) || tries === storeTries) throw error;
      await pass.client.query('rollback');
    }
  }
}

/** PostgreSQL's codes for a row that is gone and for two that wait for each other. */
const mayPass = new Set(['23503', '40P01']);
const storeTries = 3;

const replaced = ({ provider }: PatientModel, { dimensions }: ModelRow, size: number): ProviderError =>
  new ProviderError(
    'internal',
    provider,
    `The model answers vectors of ${size} numbers where they had ${dimensions}: it was replaced by another of the same name. Switch search by meaning off and on again.`,
  );
