import { useQuery } from '@tanstack/react-query';
import { agentsQuery } from '../../agents/agent-queries.ts';
import { useTranslation } from '../../../texts/language.ts';
import { auditActorsQuery } from '../audit-queries.ts';

interface Choice {
  value: string;
  label: string;
}

/** The people and agents that the trail can be narrowed to, as choices. */
export function useFilterNames(): { people: Choice[]; agents: Choice[] } {
  const { t } = useTranslation();
  const { data: users = [] } = useQuery(auditActorsQuery);
  const { data: agents = [] } = useQuery(agentsQuery);
  const ownerOf = ({ isPersonal, ownerId }: (typeof agents)[number]) =>
    isPersonal ? users.find(({ id }) => id === ownerId)?.name : undefined;
  return {
    people: users.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` })),
    agents: agents.map((agent) => {
      const owner = ownerOf(agent);
      return {
        value: agent.id,
        label: owner === undefined ? agent.name : t('usage.assistantOf', { name: agent.name, owner }),
      };
    }),
  };
}
