import { ActionIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { createLink } from '@tanstack/react-router';
import { Info, PanelLeft, Settings2 } from 'lucide-react';
import { type AnchorHTMLAttributes, Suspense, useState } from 'react';
import { loadPageTexts, useTranslation } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import { lazyPart } from '../../ui/import-part.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import classes from './chat-page.module.css';

// With texts that only pages have.
const AboutPanel = lazyPart(async () => {
  const [{ AboutPanel: component }] = await Promise.all([import('../agents/about/about-panel.tsx'), loadPageTexts()]);
  return { default: component };
});

interface ChatHeaderProps {
  agent: Agent;
  conversationTitle: string | undefined;
  onShowConversations: () => void;
}

export function ChatHeader({ agent, conversationTitle, onShowConversations }: ChatHeaderProps) {
  const { t } = useTranslation();
  const settings = t('chat.agentSettings', { agent: agent.name });
  const about = t('chat.about', { agent: agent.name });
  const [panelOpened, panel] = useDisclosure(false);
  const [panelWanted, setPanelWanted] = useState(false);
  if (panelOpened && !panelWanted) setPanelWanted(true);
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
        <p>
          {t('chat.ai')} · {agent.model ?? t('chat.noModel')}
        </p>
      </div>
      <Tooltip label={about}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={about} onClick={panel.open}>
          <Info size={18} />
        </ActionIcon>
      </Tooltip>
      {panelWanted && (
        <Suspense>
          <AboutPanel agent={agent} opened={panelOpened} onClose={panel.close} />
        </Suspense>
      )}
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
