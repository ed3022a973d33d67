import { useQuery } from '@tanstack/react-query';
import type { Agent } from '../../../contract/agents.ts';
import { agentsQuery } from './agent-queries.ts';

/** The icon of an agent of which only the id is known. */
export function useAgentIcon(): (id: string) => Agent['icon'] | undefined {
  const { data } = useQuery(agentsQuery);
  return (id) => data?.find((agent) => agent.id === id)?.icon;
}
