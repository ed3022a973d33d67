/**
 * What tells editions of one document apart at the end of a name: `v2`, `Version 3.1`, `Rev. B2`, a year or a date,
 * `(1)`, `draft`, `Entwurf`, `final`, `old`, `copy`.
 */
const marks = [
  /(?<![\s_.-])[\s_.-]*\(?\b(?:v|ver|version|rev|revision|stand|ausgabe|edition|fassung)[\s_.-]*(\d+(?:[._-]\d+)*)\)?$/i,
  /(?<![\s_.-])[\s_.-]*\(?\b((?:19|20)\d\d(?:[-_.]?\d\d(?:[-_.]?\d\d)?)?)\)?$/,
  /(?<![\s_.-])[\s_.-]*\((\d{1,3})\)$/,
];

export interface Edition {
  /** The same for all editions of a document in a directory. */
  series: string;
  /** Its numbers, filled up so that later ones sort after earlier ones. */
  edition: string;
}

/** Undefined for a name that tells no edition. */
export function editionOf(name: string): Edition | undefined {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (const mark of marks) {
    const match = mark.exec(stem);
    const [whole, number] = match ?? [];
    if (whole === undefined || number === undefined) continue;
    const rest = stem.slice(0, stem.length - whole.length).trim();
    if (rest === '') continue;
    const edition = (number.match(/\d+/g) ?? []).map((digits) => digits.padStart(8, '0')).join('.');
    return { series: `${rest}${ending}`.toLowerCase(), edition };
  }
  return undefined;
}
