import type { Role } from '../../contract/common.ts';
import type { AuthorityAccess, PersonAuthority } from '../db/authority.ts';

/**
 * Who asks: a signed-in person, with the role of this very request. `access` is what the endpoint asks for; whatever the
 * request changes is changed only while the person still has it.
 */
export interface Actor extends PersonAuthority {
  name: string;
  email: string;
  role: Role;
  /** The session's token; revoking others spares it. */
  sessionToken: string;
  access: AuthorityAccess;
}
