import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  Bot,
  ChartColumn,
  Hand,
  LayoutDashboard,
  Library,
  MessageSquare,
  Plus,
  ScrollText,
  Settings,
  Settings2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Agent } from '../../../contract/agents.ts';
import { groupAgents } from '../../features/agents/agent-order.ts';
import { agentsQuery } from '../../features/agents/agent-queries.ts';
import { conversationsQuery } from '../../features/chat/chat-queries.ts';
import { useMe } from '../../features/session/session-queries.ts';
import { reachableSections, type SectionName } from '../../features/settings/section-names.ts';
import { useTranslation } from '../../texts/language.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import type { PaletteItem } from '../../ui/palette-search.ts';

export interface PaletteTarget extends PaletteItem {
  icon: ReactNode;
  /** What of its label is to be marked. */
  words?: string;
  go: () => Promise<void>;
}

/** With more agents than this their conversations are found in the agents' own lists. */
const maxLists = 12;

/** Everything the person can jump to, what is used most first. */
export function usePaletteItems(): PaletteTarget[] {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const isAdmin = me.role === 'admin';
  const { data = [] } = useQuery(agentsQuery);
  const { own, shared } = groupAgents(data, me);
  const agents = [...own, ...shared];
  const waiting: PaletteTarget = {
    ...page('approvals', t('shell.approvals'), <Hand size={16} />),
    go: () => navigate({ to: '/approvals' }),
  };
  const gallery = { ...page('agents', t('shell.agents'), <Bot size={16} />), go: () => navigate({ to: '/agents' }) };
  const adminPages: PaletteTarget[] = isAdmin
    ? [
        {
          ...page('new-agent', t('shell.newAgent'), <Plus size={16} />),
          go: () => navigate({ to: '/agents/new' }),
        },
        {
          ...page('overview', t('shell.overview'), <LayoutDashboard size={16} />),
          go: () => navigate({ to: '/overview' }),
        },
        {
          ...page('knowledge', t('shell.knowledge'), <Library size={16} />),
          go: () => navigate({ to: '/knowledge' }),
        },
        { ...page('usage', t('shell.usage'), <ChartColumn size={16} />), go: () => navigate({ to: '/usage' }) },
        { ...page('audit', t('shell.audit'), <ScrollText size={16} />), go: () => navigate({ to: '/audit' }) },
      ]
    : [];
  const settingOf = (section: SectionName, label: string): PaletteTarget => ({
    id: `settings-${section}`,
    label,
    kind: t('palette.setting'),
    icon: <Settings size={16} />,
    go: () => navigate({ to: '/settings', search: { section } }),
  });
  const settings = reachableSections(isAdmin).map((section) => settingOf(section, t(`settings.names.${section}`)));
  return [
    ...agents.map((agent) => ({
      id: agent.id,
      label: agent.name,
      kind: t('palette.agent'),
      icon: <AgentAvatar id={agent.id} isPersonal={agent.isPersonal} icon={agent.icon} size={20} />,
      go: () => navigate({ to: '/chat/$agentId', params: { agentId: agent.id } }),
    })),
    waiting,
    gallery,
    ...adminPages,
    ...useConversationItems(agents.slice(0, maxLists)),
    ...settings,
    ...(isAdmin ? [{ ...settingOf('conversations', t('sharing.setting.title')), id: 'settings-sharing' }] : []),
    ...agents
      .filter(({ abilities }) => abilities.edit)
      .map((agent) => ({
        id: `settings-of-${agent.id}`,
        label: t('palette.settingsOf', { name: agent.name }),
        kind: t('palette.agent'),
        icon: <Settings2 size={16} />,
        go: () => navigate({ to: '/agents/$agentId/settings', params: { agentId: agent.id } }),
      })),
  ];

  function page(id: string, label: string, icon: ReactNode) {
    return { id, label, icon, kind: t('palette.page') };
  }
}

function useConversationItems(agents: readonly Agent[]): PaletteTarget[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const lists = useQueries({ queries: agents.map(({ id }) => conversationsQuery(id)) });
  return agents.flatMap((agent, index) =>
    (lists[index]?.data ?? []).flatMap(({ id, title, isDefault }) => {
      if (!title) return [];
      const params = { agentId: agent.id, chatId: id };
      return {
        id,
        label: title,
        kind: t('palette.conversation', { agent: agent.name }),
        icon: <MessageSquare size={16} />,
        go: () => navigate(isDefault ? { to: '/chat/$agentId', params } : { to: '/chat/$agentId/$chatId', params }),
      };
    }),
  );
}
