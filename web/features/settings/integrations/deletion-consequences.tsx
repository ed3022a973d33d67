import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../../texts/language.ts';
import type { Agent } from '../../../../contract/agents.ts';
import type { Integration } from '../../../../contract/integrations.ts';
import { call } from '../../../api/client.ts';
import { agentsQuery } from '../../agents/agent-queries.ts';
import { isToolOf } from './integration-tools.ts';

/** What a deletion takes away, and from which agents. */
export function DeletionConsequences({ connection }: { connection: Integration }) {
  const { t, locale } = useTranslation();
  const agents = useQuery(agentsQuery);
  const users = useQuery({
    queryKey: ['integrations', 'users', connection.id],
    queryFn: async ({ signal }) => listUsers(connection, agents.data ?? [], signal),
    enabled: agents.data !== undefined,
    gcTime: 0,
  });
  const names = users.data?.map(({ name }) => name) ?? [];
  const isUnknown = agents.isError || users.isError;
  return (
    <Stack gap="xs">
      <Text size="sm">{t('integrations.deleteBody')}</Text>
      <div role="status">
        {isUnknown && <Text size="sm">{t('integrations.deleteUnknown')}</Text>}
        {!isUnknown && !users.data && (
          <Text size="sm" c="dimmed">
            {t('integrations.deleteLooking')}
          </Text>
        )}
        {users.data && names.length === 0 && <Text size="sm">{t('integrations.deleteNobody')}</Text>}
        {names.length > 0 && (
          <>
            <Text size="sm" fw={550}>
              {t('integrations.deleteAgents', { names: new Intl.ListFormat(locale).format(names) })}
            </Text>
            <Text size="sm" mt={4}>
              {t('integrations.deleteTools')}
            </Text>
          </>
        )}
      </div>
    </Stack>
  );
}

/** Only agents with a tool of that kind can use the connection, so only those are asked about. */
async function listUsers({ id, type }: Integration, agents: Agent[], signal: AbortSignal): Promise<Agent[]> {
  const candidates = agents.filter(
    ({ isPersonal, allowedTools }) => !isPersonal && allowedTools.some((tool) => isToolOf(type, tool)),
  );
  const uses = await Promise.all(
    candidates.map(async (agent) => {
      const grants = await call('listAgentIntegrations', { params: { agentId: agent.id }, signal });
      return grants.some(({ connectionId, enabled }) => connectionId === id && enabled);
    }),
  );
  return candidates.filter((_agent, index) => uses[index]);
}
