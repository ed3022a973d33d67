import { Drawer } from '@mantine/core';
import { useTranslation } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import classes from './chat-page.module.css';
import type { ConversationAddress } from './conversation-address.ts';
import { ConversationList } from './conversation-list.tsx';

interface ConversationDrawerProps {
  agent: Agent;
  address: ConversationAddress;
  isUnbegun: boolean;
  opened: boolean;
  onClose: () => void;
}

/** The conversations where there is no room beside the chat. */
export default function ConversationDrawer({ agent, address, isUnbegun, opened, onClose }: ConversationDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened={opened} onClose={() => isAlone() && onClose()} size={320} padding={0}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={t('chat.conversations')}>
        <Drawer.Body className={classes.drawerBody}>
          <ConversationList agent={agent} address={address} isUnbegun={isUnbegun} onChosen={onClose} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** Escape in a dialog over it is for that dialog, which would go with it. */
const isAlone = () => document.querySelectorAll('[role="dialog"]').length === 1;
