import { ActionIcon } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { createLink } from '@tanstack/react-router';
import { Info, PanelLeft, Settings2 } from 'lucide-react';
import { type AnchorHTMLAttributes, Suspense, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation, withPageTexts } from '../../../texts/language.ts';
import type { Agent } from '../../../../contract/agents.ts';
import type { Conversation } from '../../../../contract/conversations.ts';
import { AgentAvatar } from '../../../ui/agent-avatar.tsx';
import { useHeaderSlot } from '../../../ui/header-slot.tsx';
import { lazyPart } from '../../../ui/import-part.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import classes from './chat-header.module.css';
import { Whereabouts } from './whereabouts.tsx';

// With texts that only pages have.
const AboutPanel = lazyPart(async () => ({
  default: (await withPageTexts(() => import('../../agents/about/about-panel.tsx'))).AboutPanel,
}));

interface ChatHeaderProps {
  agent: Agent;
  /** Undefined until something was said in it. */
  conversation: Conversation | undefined;
  onShowConversations: () => void;
}

/** Whom one talks to, and where: of its own where there is room, else in the header of the app. */
export function ChatHeader(props: ChatHeaderProps) {
  const slot = useHeaderSlot();
  const isNarrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  if (!isNarrow) {
    return (
      <header className={classes.header}>
        <Content {...props} />
      </header>
    );
  }
  return (
    slot &&
    createPortal(
      <div className={classes.inSlot}>
        <Content {...props} isInSlot />
      </div>,
      slot,
    )
  );
}

function Content({ agent, conversation, onShowConversations, isInSlot }: ChatHeaderProps & { isInSlot?: boolean }) {
  const { t } = useTranslation();
  const settings = t('chat.agentSettings', { agent: agent.name });
  const about = t('chat.about', { agent: agent.name });
  const [panelOpened, panel] = useDisclosure(false);
  const [panelWanted, setPanelWanted] = useState(false);
  if (panelOpened && !panelWanted) setPanelWanted(true);
  return (
    <>
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
      {!isInSlot && <AgentAvatar id={agent.id} isPersonal={agent.isPersonal} icon={agent.icon} size={32} />}
      <div className={classes.text}>
        <h1>
          {agent.name}
          {conversation?.title && <span> · {conversation.title}</span>}
        </h1>
        <Whereabouts agent={agent} conversationId={conversation?.id} />
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
    </>
  );
}

const IconLink = createLink(
  ({ ref, ...props }: AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: React.Ref<HTMLAnchorElement> }) => (
    <ActionIcon component="a" ref={ref} variant="subtle" color="gray" size="lg" {...props} />
  ),
);
