import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Archive, Hourglass, List, ListChecks } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { useOpenedAfterMount } from '../../../ui/menu-on-demand.tsx';
import { temporaryConversation } from '../conversation-address.ts';

interface ListMenuProps {
  target: ReactElement;
  agentId: string;
  archived: boolean;
  canChoose: boolean;
  onChoose: () => void;
  onShowArchived: (show: boolean) => void;
  /** Another conversation was opened. */
  onLeft: (() => void) | undefined;
}

/** What can be done with the list of conversations. */
export default function ListMenu(props: ListMenuProps) {
  const { target, agentId, archived, canChoose, onChoose, onShowArchived, onLeft } = props;
  const { t } = useTranslation();
  const menu = useOpenedAfterMount();
  const navigate = useNavigate();
  const openTemporary = async () => {
    await navigate({ to: '/chat/$agentId/$chatId', params: { agentId, chatId: temporaryConversation } });
    onLeft?.();
  };
  return (
    <Menu {...menu} position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Hourglass size={15} />} onClick={() => void openTemporary()}>
          {t('everyday.places.temporary')}
        </Menu.Item>
        <Menu.Item leftSection={<ListChecks size={15} />} disabled={!canChoose} onClick={onChoose}>
          {t('everyday.places.choose')}
        </Menu.Item>
        <Menu.Item
          leftSection={archived ? <List size={15} /> : <Archive size={15} />}
          onClick={() => onShowArchived(!archived)}
        >
          {t(archived ? 'everyday.places.hideArchived' : 'everyday.places.showArchived')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
