import type { TextKey, Translate } from '../../texts/translate.ts';

/** Whether there is a text of that path: events and fields are named by the server. */
export const isTextKey = (t: Translate, path: string): path is TextKey => t(path as TextKey) !== path;
