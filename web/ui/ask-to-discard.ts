import { loadPageTexts, translate } from '../texts/language.ts';
import { askToConfirm } from './confirm.ts';

/** Asks before what a person entered is thrown away by a key that is easily pressed. */
export async function askToDiscard(discard: () => void): Promise<void> {
  await loadPageTexts();
  askToConfirm({
    title: translate('unsaved.discardTitle'),
    body: translate('unsaved.discardBody'),
    confirm: translate('common.discard'),
    action: async () => discard(),
  });
}
