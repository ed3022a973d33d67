import { readPlace } from '../../../../contract/place-parts.ts';
import type { Translate } from '../../../texts/translate.ts';

/** The place of a passage in the person's language; one of another form stays as it is. */
export function placeText(t: Translate, place: string): string {
  const parts = readPlace(place);
  if (!parts) return place;
  const { kind, ...values } = parts;
  return t(`chat.places.${kind}`, values);
}
