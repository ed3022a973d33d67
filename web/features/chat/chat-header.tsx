import { ActionIcon } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { PanelLeft, Settings2 } from 'lucide-react';
import type { AnchorHTMLAttributes } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import classes from './chat-page.module.css';

interface ChatHeaderProps {
  agent: Agent;
  conversationTitle: string | undefined;
  onShowConversations: () => void;
}

export function ChatHeader({ agent, conversationTitle, onShowConversations }: ChatHeaderProps) {
  const { t } = useTranslation();
  const settings = t('chat.agentSettings', { agent: agent.name });
  return (
    <header className={classes.header}>
      <Tooltip label={t('chat.showConversations')}>
        <ActionIcon
          className={classes.listButton}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('chat.showConversations')}
          onClick={onShowConversations}
        >
          <PanelLeft size={18} />
        </ActionIcon>
      </Tooltip>
      <AgentAvatar id={agent.id} isPersonal={agent.isPersonal} size={32} />
      <div className={classes.headerText}>
        <h1>
          {agent.name}
          {conversationTitle && <span> · {conversationTitle}</span>}
        </h1>
        <p>{agent.model ?? t('chat.noModel')}</p>
      </div>
      {agent.abilities.edit && (
        <Tooltip label={settings}>
          <IconLink to="/agents/$agentId/settings" params={{ agentId: agent.id }} aria-label={settings}>
            <Settings2 size={18} />
          </IconLink>
        </Tooltip>
      )}
    </header>
  );
}

const IconLink = createLink(
  ({ ref, ...props }: AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: React.Ref<HTMLAnchorElement> }) => (
    <ActionIcon component="a" ref={ref} variant="subtle" color="gray" size="lg" {...props} />
  ),
);
