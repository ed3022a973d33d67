/** What a person sees in a document that a script makes. Every word of it occurs once, so that one that is missing is noticed. */
export interface Sample {
  title: string;
  paragraphs: string[];
  /** Rows of cells, the first of which are the headings; some cells are empty. */
  tables: string[][][];
  /** Words of scripts, menus and hidden parts, which nobody sees. */
  unseen: string[];
}

const syllables = 'ba ce di fo gu ha ki lo mu ne po ra si tu va we xi yo zu'.split(' ');
const accented = ['ä', 'ö', 'ü', 'ß', 'é', 'ñ'];
const paragraphsEach = 40;
const wordsEach = 12;
const tablesEach = 3;
const rowsEach = 10;
const columnsEach = 5;

/** The same for the same number. Without `letters` words are ASCII, for fonts and encodings that have no other. */
export function makeSample(number: number, { letters = true } = {}): Sample {
  let count = 0;
  const word = () => {
    count += 1;
    const text = [count % 19, Math.floor(count / 19) % 19, Math.floor(count / 361) % 19, number % 19]
      .map((index) => syllables[index] ?? '')
      .join('');
    return letters && count % 5 === 0 ? `${text}${accented[count % accented.length]}n` : `${text}n`;
  };
  const words = (length: number) => Array.from({ length }, word).join(' ');
  const table = () => {
    const rows = [Array.from({ length: columnsEach }, word)];
    for (let row = 0; row < rowsEach; row += 1) {
      const empty = 1 + (row % (columnsEach - 1));
      rows.push(Array.from({ length: columnsEach }, (_, column) => (column === empty ? '' : word())));
    }
    return rows;
  };
  return {
    title: words(3),
    paragraphs: Array.from({ length: paragraphsEach }, () => words(wordsEach)),
    tables: Array.from({ length: tablesEach }, table),
    unseen: Array.from({ length: 5 }, (_, index) => `unseen${number}word${index}`),
  };
}

export function wordsOf({ title, paragraphs, tables }: Sample): string[] {
  return [title, ...paragraphs, ...tables.flat(2)].flatMap((text) => text.split(' ')).filter((word) => word !== '');
}
