import { detectAll } from 'jschardet';
import { plausibilityOf } from './plausible-text.ts';
import { decoderOf } from './text-decoder.ts';

export interface EncodingGuess {
  label: string;
  /** Another encoding would make nearly as much sense of it, as of a text of few words. */
  isUncertain: boolean;
}

/** The encodings of offices by their names in jschardet, and how usual they are where letters alone do not decide. */
const candidates: Record<string, { label: string; weight: number }> = {
  'Windows-1252': { label: 'windows-1252', weight: 1.15 },
  'Windows-1250': { label: 'windows-1250', weight: 1.02 },
  'Windows-1251': { label: 'windows-1251', weight: 1 },
  'Windows-1253': { label: 'windows-1253', weight: 1 },
  'Windows-1254': { label: 'windows-1254', weight: 1 },
  'Windows-1255': { label: 'windows-1255', weight: 1 },
  'Windows-1256': { label: 'windows-1256', weight: 1 },
  'Windows-1257': { label: 'windows-1257', weight: 1 },
  'ISO-8859-2': { label: 'iso-8859-2', weight: 1 },
  'ISO-8859-5': { label: 'iso-8859-5', weight: 0.85 },
  'KOI8-R': { label: 'koi8-r', weight: 1 },
  'koi8-u': { label: 'koi8-u', weight: 0.97 },
  GB18030: { label: 'gb18030', weight: 1 },
  Big5: { label: 'big5', weight: 1 },
  CP932: { label: 'shift_jis', weight: 1 },
  'EUC-JP': { label: 'euc-jp', weight: 1 },
  CP949: { label: 'euc-kr', weight: 1 },
  CP874: { label: 'windows-874', weight: 1 },
  MacRoman: { label: 'macintosh', weight: 0.85 },
  IBM866: { label: 'ibm866', weight: 0.85 },
  cp437: { label: 'cp437', weight: 0.8 },
  cp850: { label: 'cp850', weight: 0.85 },
  cp852: { label: 'cp852', weight: 0.85 },
};

/** So much letters alone count when the statistics of languages know nothing. */
const base = 0.003;
/** Below it, what comes out is no text; of much evidence more is asked. */
const minPlausibility = { little: 0.5, much: 0.88 };
const muchEvidence = 400;
const clearLead = 1.3;

/** So many ideographs are words of either language. */
const fewIdeographs = 40;

/**
 * Tells the encoding of a text that is no Unicode by the languages that it could be written in, and by whether letters then stand
 * where letters stand. Undefined when no encoding makes sense of it.
 */
export function guessEncoding(evidence: Buffer): EncodingGuess | undefined {
  const options = { detectEncodings: Object.keys(candidates), minimumThreshold: 0 };
  const readings = detectAll(evidence, options).flatMap(({ encoding, confidence }) => {
    const candidate = candidates[encoding ?? ''];
    const text = candidate && decodeStrictly(evidence, candidate.label);
    if (!candidate || text === undefined) return [];
    const plausibility = plausibilityOf(text);
    // Japanese without a kana is rather Chinese.
    const isOdd = candidate.label === 'euc-jp' && !/[\u3040-\u30ff]/.test(text);
    const score = (confidence + base) * plausibility * candidate.weight * (isOdd ? 0.5 : 1);
    return [{ label: candidate.label, text, plausibility, score }];
  });
  readings.sort((a, b) => b.score - a.score);
  const least = evidence.length > muchEvidence ? minPlausibility.much : minPlausibility.little;
  const best = readings.find(({ plausibility }) => plausibility >= least);
  if (!best) return undefined;
  const other = readings.find(({ text }) => text !== best.text);
  const isClose = other !== undefined && best.score < other.score * clearLead;
  return { label: best.label, isUncertain: isClose || mayBeJapanese(best, readings) };
}

/** Few ideographs that are as good Chinese as Japanese in their double bytes: nothing tells which they are. */
function mayBeJapanese({ label, text }: { label: string; text: string }, readings: { label: string }[]): boolean {
  const ideographs = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const isBoth = label === 'gb18030' && readings.some((reading) => reading.label === 'euc-jp');
  return isBoth && ideographs > 0 && ideographs <= fewIdeographs;
}

/** Undefined when a byte is none of the encoding; the end may be cut. */
function decodeStrictly(bytes: Buffer, label: string): string | undefined {
  const text = decoderOf(label).write(bytes);
  return text.includes('\ufffd') ? undefined : text;
}
