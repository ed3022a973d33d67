import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Download, FileJson, Pencil, Pin, PinOff, Share2, Trash2 } from 'lucide-react';
import { type ReactElement, Suspense, useState } from 'react';
import type { Conversation } from '../../../../contract/conversations.ts';
import { urlOf } from '../../../api/client.ts';
import { useTranslation, withPageTexts } from '../../../texts/language.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { useOpenedAfterMount } from '../../../ui/menu-on-demand.tsx';
import { agentQuery } from '../../agents/agent-queries.ts';
import { sharingQuery } from '../../sharing/sharing-queries.ts';
import { usePlaceConversations } from './use-place-conversations.ts';
import { DeleteConversation, RenameConversation } from './conversation-dialogs.tsx';

const ShareDialog = lazyPart(() => withPageTexts(() => import('../../sharing/share-dialog.tsx')));

interface ConversationMenuProps {
  target: ReactElement;
  conversation: Conversation;
  title: string;
  onDeleted: () => Promise<void>;
}

/** What can be done with a conversation of the list. */
export default function ConversationMenu({ target, conversation, title, onDeleted }: ConversationMenuProps) {
  const { t } = useTranslation();
  const menu = useOpenedAfterMount();
  const [dialog, setDialog] = useState<'rename' | 'share' | 'delete'>();
  const { data: agent } = useQuery(agentQuery(conversation.agentId));
  const { data: sharing } = useQuery(sharingQuery);
  // Nobody else may use a personal agent.
  const canShare = sharing?.enabled && agent && !agent.isPersonal;
  const params = { agentId: conversation.agentId, chatId: conversation.id };
  const { pinned, archived } = conversation;
  const place = usePlaceConversations(conversation.agentId);
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu {...menu} position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={15} />} onClick={() => setDialog('rename')}>
            {t('chat.rename')}
          </Menu.Item>
          {canShare && (
            <Menu.Item leftSection={<Share2 size={15} />} onClick={() => setDialog('share')}>
              {t('chat.share')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={pinned ? <PinOff size={15} /> : <Pin size={15} />}
            onClick={() => place.mutate({ chatIds: [conversation.id], pinned: !pinned })}
          >
            {t(pinned ? 'everyday.places.unpin' : 'everyday.places.pin')}
          </Menu.Item>
          <Menu.Item
            leftSection={archived ? <ArchiveRestore size={15} /> : <Archive size={15} />}
            onClick={() => place.mutate({ chatIds: [conversation.id], archived: !archived })}
          >
            {t(archived ? 'everyday.places.restore' : 'everyday.places.archive')}
          </Menu.Item>
          <Menu.Item
            component="a"
            download
            leftSection={<Download size={15} />}
            href={urlOf('exportConversation', { params, query: { format: 'md' } })}
          >
            {t('chat.exportMarkdown')}
          </Menu.Item>
          <Menu.Item
            component="a"
            download
            leftSection={<FileJson size={15} />}
            href={urlOf('exportConversation', { params, query: { format: 'json' } })}
          >
            {t('chat.exportJson')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<Trash2 size={15} />}
            onClick={() => setDialog('delete')}
          >
            {t('chat.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'rename' && <RenameConversation conversation={conversation} title={title} onClose={close} />}
      {dialog === 'share' && agent && (
        <Suspense>
          <ShareDialog {...params} agentName={agent.name} onClose={close} />
        </Suspense>
      )}
      {dialog === 'delete' && (
        <DeleteConversation conversation={conversation} title={title} onClose={close} onDeleted={onDeleted} />
      )}
    </>
  );
}
