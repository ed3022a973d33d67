import type { SayProposal } from '../../../contract/texts/proposal-words.ts';
import type { TextKey, Translate } from '../../texts/translate.ts';

/** Needs the texts of pages. */
export const sayProposal =
  (t: Translate): SayProposal =>
  (path, values) => {
    const key = `approvals.${path}`;
    const text = t(key as TextKey, values);
    return text === key ? undefined : text;
  };
