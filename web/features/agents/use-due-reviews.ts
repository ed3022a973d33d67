import { useQuery } from '@tanstack/react-query';
import type { Agent } from '../../../contract/agents.ts';
import { useMe } from '../session/session-queries.ts';
import { agentsQuery } from './agent-queries.ts';
import { isReviewDue } from './review-due.ts';

/** The agents that this person answers for and is to look at again. */
export function useDueReviews(): Agent[] {
  const { id } = useMe();
  const { data: agents = [] } = useQuery(agentsQuery);
  return agents.filter((agent) => agent.responsibleUserId === id && isReviewDue(agent));
}
