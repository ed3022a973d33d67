import { Menu } from '@mantine/core';
import { BookmarkCheck, Pencil, Trash2, UserRound, UsersRound } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { useOpenedAfterMount } from '../../../ui/menu-on-demand.tsx';

interface SavedFilterMenuProps {
  target: ReactElement;
  shared: boolean;
  onRename: () => void;
  /** Absent where the trail is not narrowed to anything else. */
  onReplace: (() => void) | undefined;
  onShare: () => void;
  onDelete: () => void;
}

/** What can be done with a saved filter of one's own. */
export default function SavedFilterMenu(props: SavedFilterMenuProps) {
  const { target, shared, onRename, onReplace, onShare, onDelete } = props;
  const { t } = useTranslation();
  const menu = useOpenedAfterMount();
  return (
    <Menu {...menu} position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Pencil size={15} />} onClick={onRename}>
          {t('filters.saved.rename')}
        </Menu.Item>
        {onReplace && (
          <Menu.Item leftSection={<BookmarkCheck size={15} />} onClick={onReplace}>
            {t('filters.saved.replace')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={shared ? <UserRound size={15} /> : <UsersRound size={15} />} onClick={onShare}>
          {t(shared ? 'filters.saved.unshare' : 'filters.saved.share')}
        </Menu.Item>
        <Menu.Item leftSection={<Trash2 size={15} />} color="red" onClick={onDelete}>
          {t('filters.saved.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
