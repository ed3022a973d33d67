export interface PaletteItem {
  id: string;
  label: string;
  /** What it is; searched as well, so that "settings licence" finds the licence. */
  kind: string;
}

/** Upper and lower case and accents make no difference: "andre" finds André. */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();

/**
 * What holds every word of the query, best first: a label that begins with it, then one with a word that does, then the
 * rest. Without a query everything in its order.
 */
export function searchPalette<Item extends PaletteItem>(items: readonly Item[], query: string, limit = 50): Item[] {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return items.slice(0, limit);
  const whole = wanted.join(' ');
  const rank = ({ label, kind }: Item) => {
    const text = plain(label);
    if (!wanted.every((word) => text.includes(word) || plain(kind).includes(word))) return undefined;
    if (text.startsWith(whole)) return 0;
    return text.split(/\s+/).some((word) => word.startsWith(wanted[0]!)) ? 1 : 2;
  };
  return items
    .flatMap((item) => {
      const place = rank(item);
      return place === undefined ? [] : [{ item, place }];
    })
    .toSorted((left, right) => left.place - right.place)
    .slice(0, limit)
    .map(({ item }) => item);
}
