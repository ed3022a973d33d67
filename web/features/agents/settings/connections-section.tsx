import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../../texts/language.ts';
import type { AgentIntegration } from '../../../../contract/integrations.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { agentIntegrationsQuery, integrationsQuery } from '../../settings/integrations/integration-queries.ts';
import { ConnectionGrant } from './connection-grant.tsx';
import type { Grant } from './grant.ts';

interface ConnectionsSectionProps {
  agentId: string;
  tools: readonly string[];
  grantFor: (integration: AgentIntegration) => Grant;
  onChange: (connectionId: string, grant: Grant) => void;
}

/** What the agent may do in other systems. */
export function ConnectionsSection({ agentId, tools, grantFor, onChange }: ConnectionsSectionProps) {
  const { t } = useTranslation();
  const grants = useQuery(agentIntegrationsQuery(agentId));
  const connections = useQuery(integrationsQuery);
  return (
    <Section title={t('integrations.connections')} description={t('integrations.connectionsHint')}>
      <QueryState query={connections}>
        {(all) => (
          <QueryState query={grants}>
            {(integrations) =>
              integrations.length === 0 ? (
                <Text size="sm">
                  {t('integrations.connectionsNone')}{' '}
                  <TextLink to="/settings" search={{ section: 'integrations' }}>
                    {t('integrations.connectionsAdd')}
                  </TextLink>
                </Text>
              ) : (
                integrations.map((integration) => (
                  <ConnectionGrant
                    key={integration.connectionId}
                    integration={integration}
                    connection={all.find(({ id }) => id === integration.connectionId)}
                    grant={grantFor(integration)}
                    onChange={(grant) => onChange(integration.connectionId, grant)}
                    tools={tools}
                  />
                ))
              )
            }
          </QueryState>
        )}
      </QueryState>
    </Section>
  );
}
