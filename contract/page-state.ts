import type * as z from 'zod';
import type { Agent } from './agents.ts';
import type { setupStatusSchema } from './setup.ts';
import type { OwnUser } from './users.ts';

/** The element of the page that carries the state, as JSON. */
export const pageStateId = 'page-state';

/** What the app asks first of all, so the page brings it along. */
export interface PageState {
  setupStatus: z.output<typeof setupStatusSchema>;
  /** The signed-in person; null is nobody. */
  me: OwnUser | null;
  /** The browser still has the cookie of a session that is none any more. */
  sessionEnded?: true;
  /** The one whose chat the page is, if this person may use it. */
  agent?: Agent;
}
