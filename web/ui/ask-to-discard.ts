import { translate } from '../texts/language.ts';
import { askToConfirm } from './confirm.ts';

/** Asks before what a person entered is thrown away by a key that is easily pressed. */
export const askToDiscard = (discard: () => void): void =>
  askToConfirm({
    title: translate('common.discardTitle'),
    body: translate('common.discardBody'),
    confirm: translate('common.discard'),
    action: async () => discard(),
  });
