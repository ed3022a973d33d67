import type { Access } from '../../../contract/endpoint.ts';
import type { ErrorCode, Role } from '../../../contract/common.ts';

/** What an endpoint asks for of whoever changes something. */
type ChangeAccess = Exclude<Access, 'public'>;

/** Why somebody may not change anything of the kind, if so; `person` is undefined once their session has ended. */
export function authorityRefusal(
  person: { role: Role; banned: boolean } | undefined,
  access: ChangeAccess,
): { code: ErrorCode; sentence: string } | undefined {
  if (!person || person.banned)
    return { code: 'unauthenticated', sentence: 'Your session has ended. Sign in again; nothing was changed.' };
  if (access !== 'user' && person.role !== 'admin') return { code: 'forbidden', sentence: 'Only admins can do this.' };
  return undefined;
}

export const needsLicence = (access: ChangeAccess): boolean => access === 'licensed-admin';
