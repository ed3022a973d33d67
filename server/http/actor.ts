import type { Role } from '../../contract/common.ts';

/** Who asks: a signed-in person, with the role of this very request. */
export interface Actor {
  userId: string;
  name: string;
  email: string;
  role: Role;
  /** The session's token; revoking others spares it. */
  sessionToken: string;
}
