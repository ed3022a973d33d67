const stopWords = new Set(
  `a an and any anyone are as at be been before being between by can could did do does done during else ever for from get
  give given gets had has have he her here his how i if in into is it its just know let may me might more most much many must
  my need no not now of on one or our out please say says shall she should show so some tell than thank thanks that the their
  them then there these they this those time to too under until up us was we were what when where which who whom whose why
  will with would you your about also long often fast quick quickly soon allow
  allowed`.split(/\s+/),
);

/** Words that people use for the same thing, by stem. */
const sameWords = new Map(
  Object.entries({
    leave: 'vacation holiday pto absence',
    price: 'cost costs expensive charge',
    parental: 'maternity paternity baby parent',
    child: 'kid kids baby',
    expense: 'reimburse reimbursement spend spending',
    home: 'remote remotely homeoffice',
    abroad: 'foreign overseas country',
    production: 'prod live',
    deploy: 'release ship',
    gift: 'present',
    discount: 'rebate reduction',
    hotel: 'accommodation',
    incident: 'outage',
    review: 'reviewer approve',
    illness: 'ill sick sickness',
    laptop: 'computer notebook',
    device: 'laptop phone',
    response: 'respond react reaction',
    report: 'whistleblow whistleblower concern',
    warranty: 'guarantee',
  }).flatMap(([word, others]) => others.split(' ').map((other) => [stemOf(other), stemOf(word)] as const)),
);

function stemOf(word: string): string {
  let stem = word;
  if (stem.length > 7) stem = stem.replace(/ments?$/, '');
  if (stem.length > 4) stem = stem.replace(/ies$/, 'y');
  if (stem.length > 5) stem = stem.replace(/(ing|ed)$/, '');
  if (stem.length > 3) stem = stem.replace(/([^s])s$/, '$1');
  return stem.length > 4 ? stem.replace(/e$/, '') : stem;
}

const canonical = (stem: string): string => sameWords.get(stem) ?? stem;

/** The words that carry a text's meaning, reduced to their stems. */
export function wordsOf(text: string): Set<string> {
  const words = text
    .toLowerCase()
    .normalize('NFKD')
    .match(/[\p{L}\p{N}][\p{L}\p{N}.-]*/gu);
  const parts = (words ?? []).flatMap((word) => word.split(/[.-]+/)).filter((word) => word && !stopWords.has(word));
  return new Set(parts.map((word) => canonical(stemOf(word))));
}

/** Something that could answer, with the words around it (headings, column names, the file's name). */
export interface Candidate {
  text: string;
  around: string;
  /** A cell says little without the name of its column, so for rows the words around count almost fully. */
  row?: unknown;
}

/** How well each candidate answers: 1 when it holds every word of the question, rare words counting more. */
export function scoreAll<T extends Candidate>(
  question: Set<string>,
  candidates: T[],
): { candidate: T; score: number }[] {
  const known = candidates.map((candidate) => ({
    candidate,
    words: wordsOf(candidate.text),
    around: wordsOf(candidate.around),
  }));
  const weights = new Map(
    [...question].map((word) => {
      const holders = known.filter(({ words, around }) => words.has(word) || around.has(word)).length;
      return [word, Math.log(1 + (known.length + 1) / (holders + 1))] as const;
    }),
  );
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  return known.map(({ candidate, words, around }) => {
    let score = 0;
    for (const [word, weight] of weights)
      score += words.has(word) ? weight : around.has(word) ? weight * (candidate.row ? 0.9 : 0.6) : 0;
    return { candidate, score: score / total };
  });
}
