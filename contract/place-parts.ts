/** What the place of a passage says, for those who say it in another language. */
export type PlaceParts =
  | { kind: 'page' | 'slide' | 'line'; number: string }
  | { kind: 'rows'; sheet: string; from: string; to: string }
  | { kind: 'row'; sheet: string; row: string }
  | { kind: 'sheet'; sheet: string }
  | { kind: 'picture' };

/** The parts of a place such as `page 3` or `sheet Prices, rows 12–40`; undefined for one of another form, such as a title. */
export function readPlace(place: string): PlaceParts | undefined {
  const page = /^page (\d+)(?:, line \d+)?$/.exec(place)?.[1];
  if (page) return { kind: 'page', number: page };
  const slide = /^slide (\d+)/.exec(place)?.[1];
  if (slide) return { kind: 'slide', number: slide };
  const line = /^line (\d+)$/.exec(place)?.[1];
  if (line) return { kind: 'line', number: line };
  const [, sheet, , from, to] = /^sheet (.+?)(, (?:rows? (\d+)(?:–(\d+))?|line \d+))?$/.exec(place) ?? [];
  if (sheet && from && to) return { kind: 'rows', sheet, from, to };
  if (sheet && from) return { kind: 'row', sheet, row: from };
  if (sheet) return { kind: 'sheet', sheet };
  return place === 'picture' ? { kind: 'picture' } : undefined;
}
