import type { Translate } from '../../../texts/translate.ts';

/** The place of a passage in the person's language; one of another form stays as it is. */
export function placeText(t: Translate, place: string): string {
  const page = /^page (\d+)(?:, line \d+)?$/.exec(place)?.[1];
  if (page) return t('chat.places.page', { number: page });
  const slide = /^slide (\d+)/.exec(place)?.[1];
  if (slide) return t('chat.places.slide', { number: slide });
  const line = /^line (\d+)$/.exec(place)?.[1];
  if (line) return t('chat.places.line', { number: line });
  const [, sheet, , from, to] = /^sheet (.+?)(, (?:rows? (\d+)(?:–(\d+))?|line \d+))?$/.exec(place) ?? [];
  if (sheet && from && to) return t('chat.places.rows', { sheet, from, to });
  if (sheet && from) return t('chat.places.row', { sheet, row: from });
  if (sheet) return t('chat.places.sheet', { sheet });
  return place === 'picture' ? t('chat.places.picture') : place;
}
