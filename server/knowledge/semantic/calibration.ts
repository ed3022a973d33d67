import type { EmbeddingModel } from '../../providers/embeddings/create-embedding-model.ts';
import { similarity } from './vector-codec.ts';

/** Questions with a text that answers each: what is sent to a model first, to learn how its vectors lie. */
const pairs: [string, string][] = [
  [
    'How many days of vacation do I have each year?',
    'Full-time employees are entitled to 28 days of paid vacation per year.',
  ],
  ['Who approves travel expenses?', 'Travel expenses are approved by the head of the department before they are paid.'],
  ['Wie lange ist die Kündigungsfrist?', 'Die Kündigungsfrist beträgt für beide Seiten drei Monate zum Monatsende.'],
  ['How is the machine cleaned?', 'Switch the machine off and clean its filter with warm water once a week.'],
  ['Welche Temperatur muss das Kühlhaus haben?', 'Im Kühlhaus darf die Temperatur nicht über vier Grad steigen.'],
  ['When was the bridge built?', 'Construction of the bridge began in 1931 and was finished four years later.'],
  ['What does the premium subscription cost?', 'The premium subscription costs 49 euros a month and is billed yearly.'],
  [
    'Wo wird der Brandschutzbeauftragte genannt?',
    'Brandschutzbeauftragter für das Gebäude ist Herr Maier, Telefon 412.',
  ],
  ['Which vitamins are in an orange?', 'Oranges are rich in vitamin C and also hold some vitamin B1.'],
  ['How do I reset my password?', 'To reset your password, follow the link in the e-mail that we send you.'],
  ['Wer haftet für Schäden beim Transport?', 'Für Schäden, die beim Transport entstehen, haftet der Spediteur.'],
  ['Which team won the final?', 'The home team won the final by two goals in the last minutes.'],
];

/** Where between the unrelated and the related pairs a text begins to have to do with a question. */
const share = 0.4;

export interface Calibration {
  dimensions: number;
  /** The cosine below which a text has nothing to do with a question. */
  leastSimilarity: number;
  tokens: number;
}

/**
 * Models differ in how similar texts are to them that have nothing in common: for some 0.1, for some 0.7. So that a search
 * for what is not there finds nothing, the line is drawn by pairs that are known. @throws ProviderError
 */
export async function calibrate(model: EmbeddingModel, signal: AbortSignal): Promise<Calibration> {
  const questions = await model.embed(
    pairs.map(([question]) => question),
    'query',
    signal,
  );
  const texts = await model.embed(
    pairs.map(([, text]) => text),
    'document',
    signal,
  );
  const related: number[] = [];
  const unrelated: number[] = [];
  questions.vectors.forEach((question, one) => {
    texts.vectors.forEach((text, other) => (one === other ? related : unrelated).push(similarity(question, text)));
  });
  const [low, high] = [mean(unrelated), mean(related)];
  return {
    dimensions: texts.vectors[0]?.length ?? 0,
    leastSimilarity: low + share * Math.max(0, high - low),
    tokens: questions.tokens + texts.tokens,
  };
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
