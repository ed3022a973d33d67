import { useQueryClient } from '@tanstack/react-query';
import { signOut } from '../../api/auth.ts';
import { finishBeforeLeaving } from '../../ui/before-leaving.ts';
import { notifyError } from '../../ui/notify.ts';
import { sessionKeys } from './session-queries.ts';

/** Ends the session and leads to the sign-in. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    try {
      await finishBeforeLeaving();
      await signOut();
    } catch (error) {
      notifyError(error);
      return;
    }
    // The end of the socket is no ended session then.
    queryClient.setQueryData(sessionKeys.me, null);
    // A new document: nothing of this person stays in memory, and no page that is still up asks for its data again.
    window.location.assign('/login');
  };
}
