import { ActionIcon, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Settings2 } from 'lucide-react';
import { useTranslation } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import { groupAgents } from '../../features/agents/agent-order.ts';
import { agentsQuery } from '../../features/agents/agent-queries.ts';
import { useTagline } from '../../features/agents/smithers-words.ts';
import { useMe } from '../../features/session/session-queries.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import classes from './sidebar.module.css';
import { Tooltip } from '../../ui/tooltip.tsx';
import { Waits } from '../../features/approvals/waits.tsx';
import { useWaiting } from '../../features/approvals/waiting.ts';
import { useUnreadAgents } from './unread-agents.ts';

export function AgentList() {
  const { t } = useTranslation();
  const me = useMe();
  const { data, isPending, isError, refetch } = useQuery(agentsQuery);
  if (isPending) return <AgentSkeletons />;
  if (isError) {
    return (
      <Stack gap="xs" p="xs" align="flex-start">
        <Text size="sm" c="dimmed">
          {t('shell.agentsFailed')}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
          {t('common.retry')}
        </Button>
      </Stack>
    );
  }
  const { own, shared } = groupAgents(data, me);
  return <AgentLinks agents={[...own, ...shared]} />;
}

function AgentLinks({ agents }: { agents: Agent[] }) {
  const unread = useUnreadAgents();
  const waiting = useWaiting().agentIds;
  const { agentId } = useParams({ strict: false });
  return (
    <ul className={classes.list}>
      {agents.map((agent) => (
        <AgentRow
          key={agent.id}
          agent={agent}
          active={agent.id === agentId}
          unread={unread.has(agent.id)}
          waits={waiting.has(agent.id)}
        />
      ))}
    </ul>
  );
}

interface AgentRowProps {
  agent: Agent;
  active: boolean;
  unread: boolean;
  waits: boolean;
}

function AgentRow({ agent, active, unread, waits }: AgentRowProps) {
  const { t } = useTranslation();
  const tagline = useTagline()(agent);
  const settings = t('shell.agentSettings', { name: agent.name });
  return (
    <li className={classes.agentRow} ref={active ? showInList : undefined}>
      <Link to="/chat/$agentId" params={{ agentId: agent.id }} className={classes.agent}>
        <AgentAvatar id={agent.id} isPersonal={agent.isPersonal} icon={agent.icon} size={30} />
        <span className={classes.agentText}>
          <span className={classes.agentName}>{agent.name}</span>
          {tagline && <span className={classes.agentTagline}>{tagline}</span>}
        </span>
        {waits && <Waits />}
        {unread && !waits && (
          <span className={classes.unread}>
            <span className="visually-hidden">{t('shell.unread')}</span>
          </span>
        )}
      </Link>
      {agent.abilities.edit && (
        <Tooltip label={settings} position="right">
          <ActionIcon
            className={classes.agentSettings}
            variant="subtle"
            color="gray"
            size="md"
            aria-label={settings}
            renderRoot={(props) => <Link to="/agents/$agentId/settings" params={{ agentId: agent.id }} {...props} />}
          >
            <Settings2 size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}

/** Whoever comes by an address sees where they are, among fifty too. */
const showInList = (row: HTMLElement | null) => row?.scrollIntoView({ block: 'nearest' });

function AgentSkeletons() {
  return (
    <Stack gap="xs" p="xs" aria-hidden>
      {[70, 55, 62].map((width) => (
        <Group key={width} gap="sm" wrap="nowrap">
          <Skeleton height={30} width={30} radius="md" />
          <Skeleton height={12} width={`${width}%`} />
        </Group>
      ))}
    </Stack>
  );
}
