import { Badge, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { User, UserAccess } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { useAgentIcon } from '../../agents/use-agent-icon.ts';
import { AgentAvatar } from '../../../ui/agent-avatar.tsx';
import { TextLink } from '../../../ui/button-link.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import classes from '../settings.module.css';
import { userKeys } from './user-queries.ts';

/** What somebody may use now: their groups, and the agents they may chat with, each with the reason. */
export function AccessDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const access = useQuery({
    queryKey: userKeys.access(user.id),
    queryFn: ({ signal }) => call('getUserAccess', { params: { id: user.id }, signal }),
    // Changed on many pages: what it was when it was last looked at says little.
    staleTime: 0,
  });
  return (
    <Modal opened onClose={onClose} title={t('people.accessTitle', { name: user.name })} size="lg">
      <Stack>
        <Text size="sm" c="dimmed">
          {user.banned
            ? t('people.accessDeactivated')
            : t(user.role === 'admin' ? 'people.accessAdmin' : 'people.accessMember')}
        </Text>
        <div>
          <Title order={3} size="h5" mb={6}>
            {t('settings.groups.title')}
          </Title>
          {user.groups.length === 0 ? (
            <Text size="sm">{t('people.noGroups')}</Text>
          ) : (
            <Group gap={6}>
              {user.groups.map(({ id, name }) => (
                <Badge key={id} variant="default" size="lg" tt="none" fw={500} maw="100%">
                  {name}
                </Badge>
              ))}
            </Group>
          )}
        </div>
        <div>
          <Title order={3} size="h5" mb={2}>
            {t('people.agents')}
          </Title>
          <QueryState query={access}>
            {({ agents }) =>
              agents.length === 0 ? (
                <Text size="sm">{t('people.noAgents')}</Text>
              ) : (
                <ul className={classes.list}>
                  {agents.map((agent) => (
                    <AgentRow key={agent.id} agent={agent} />
                  ))}
                </ul>
              )
            }
          </QueryState>
        </div>
      </Stack>
    </Modal>
  );
}

function AgentRow({ agent }: { agent: UserAccess['agents'][number] }) {
  const { t } = useTranslation();
  return (
    <li className={`${classes.row} ${classes.person}`}>
      <AgentAvatar id={agent.id} isPersonal={agent.reason === 'owner'} icon={useAgentIcon()(agent.id)} size={30} />
      <div className={classes.rowText}>
        <Group gap="xs">
          <TextLink to="/agents/$agentId/settings" params={{ agentId: agent.id }}>
            {agent.name}
          </TextLink>
          {agent.stopped && (
            <Badge color="orange" variant="light">
              {t('people.stopped')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t(`people.reasons.${agent.reason}`, { groups: agent.groups.map(({ name }) => name).join(', ') })}
        </Text>
      </div>
    </li>
  );
}
