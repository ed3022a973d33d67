/**
 * Vectors with a little real meaning, always the same for the same text: words, their beginnings and groups of four letters,
 * each a direction of its own, and words of one concept a direction that they share. No model made them, and they say
 * nothing about how well a real one finds.
 */
export function embedText(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0);
  for (const [feature, weight] of featuresOf(text)) add(vector, feature, weight);
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => Number((value / length).toFixed(7))) : vector;
}

/** As services count them, roughly. */
export const tokensOf = (texts: string[]): number => texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);

/** Words that mean nearly the same, German ones among them. */
const concepts = [
  'vacation holiday holidays leave urlaub ferien erholungsurlaub',
  'salary salaries wage wages pay payroll gehalt lohn vergutung',
  'dismissal dismissed termination fired kundigung entlassung gekundigt',
  'car cars vehicle vehicles automobile auto fahrzeug dienstwagen wagen',
  'doctor physician medic arzt arztin mediziner',
  'ill illness sick sickness disease krank krankheit erkrankung',
  'buy purchase acquire procurement kaufen einkauf beschaffung',
  'child children kid kids offspring kind kinder nachwuchs',
  'money cash funds geld mittel',
  'computer laptop notebook pc rechner',
];
const conceptOf = new Map(concepts.flatMap((words, index) => words.split(' ').map((word) => [word, index])));

/** What says least about a text. */
const common = new Set(
  (
    'the a an of to in and or is are was were be been for on at by with from as it its that this which who what when where how ' +
    'why did do does has have had not can will would there their they he she we you i many much most ' +
    'der die das den dem des ein eine einer eines einem einen und oder ist sind war waren wird wurde wurden werden fur auf an bei ' +
    'mit von aus als es sein dass dieser diese dieses welche welcher welches wer was wann wo wie warum hat haben hatte nicht kann ' +
    'im in zu zum zur am um durch uber nach viele viel sich auch'
  ).split(' '),
);

function* featuresOf(text: string): Generator<[string, number]> {
  const counts = new Map<string, number>();
  const words = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const note = (feature: string, weight: number) => counts.set(feature, (counts.get(feature) ?? 0) + weight);
  for (const word of words) {
    if (common.has(word)) {
      note(`word ${word}`, 0.05);
      continue;
    }
    note(`word ${word}`, 1);
    note(`beginning ${word.slice(0, 5)}`, 0.6);
    for (let start = 0; start + 4 <= word.length; start += 1) note(`letters ${word.slice(start, start + 4)}`, 0.2);
    const concept = conceptOf.get(word);
    if (concept !== undefined) note(`concept ${concept}`, 3);
  }
  // What is said often counts more, and twice as often not twice as much.
  for (const [feature, weight] of counts) yield [feature, Math.log1p(weight)];
}

const placesPerFeature = 24;

function add(vector: number[], feature: string, weight: number): void {
  let state = 0x811c9dc5;
  for (let index = 0; index < feature.length; index += 1) {
    state = Math.imul(state ^ feature.charCodeAt(index), 0x01000193);
  }
  for (let place = 0; place < placesPerFeature; place += 1) {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const random = (mixed ^ (mixed >>> 14)) >>> 0;
    const at = random % vector.length;
    vector[at] = (vector[at] ?? 0) + ((random & 0x8000_0000) === 0 ? weight : -weight);
  }
}
