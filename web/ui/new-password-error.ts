import { passwordLength } from '../../contract/password.ts';
import type { Translate } from '../texts/translate.ts';

/** What a form says of a new password before it asks the server, which also knows the common ones. */
export function newPasswordError(t: Translate, password: string): string | null {
  if (password.length < passwordLength.min) return t('joining.passwordTooShort');
  return password.length > passwordLength.max ? t('joining.passwordTooLong') : null;
}
