/** How long a new password may be, in UTF-16 code units. */
export const passwordLength = { min: 8, max: 128 };

type PasswordProblem = 'short' | 'long' | 'common';

/**
 * Why a new password is not accepted; undefined: it is. `common` holds, in lower case, those that attackers try first. The
 * server refuses by this, and pages tell by it while somebody types.
 */
export function passwordProblem(password: string, common: ReadonlySet<string>): PasswordProblem | undefined {
  if (password.length < passwordLength.min) return 'short';
  if (password.length > passwordLength.max) return 'long';
  return common.has(password.toLowerCase()) ? 'common' : undefined;
}
