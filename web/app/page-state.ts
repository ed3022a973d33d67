import type { QueryClient } from '@tanstack/react-query';
import { type PageState, pageStateId } from '../../contract/page-state.ts';
import { agentKeys } from '../features/agents/agent-queries.ts';
import { sessionKeys } from '../features/session/session-queries.ts';
import { nextPaint } from '../ui/next-paint.ts';

/**
 * Takes over what the server wrote into the page, so that nothing has to be asked before something shows. Who is signed in
 * is asked again once the page is seen, which also prolongs the session's cookie.
 */
export function takePageState(queryClient: QueryClient): void {
  const element = document.getElementById(pageStateId);
  if (!element?.textContent) return;
  const { setupStatus, me, sessionEnded, agent } = JSON.parse(element.textContent) as PageState;
  element.remove();
  queryClient.setQueryData(sessionKeys.setupStatus, setupStatus);
  queryClient.setQueryData(sessionKeys.me, me);
  void nextPaint().then(() => queryClient.invalidateQueries({ queryKey: sessionKeys.me }));
  if (sessionEnded) queryClient.setQueryData(sessionKeys.ended, true);
  if (agent) queryClient.setQueryData(agentKeys.one(agent.id), agent);
}
