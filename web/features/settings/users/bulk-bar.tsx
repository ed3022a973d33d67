import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { User } from '../../../../contract/users.ts';
import { groupsQuery } from '../groups/group-queries.ts';
import { AddToGroupDialog } from './add-to-group-dialog.tsx';
import { DeactivateDialog } from './deactivate-dialog.tsx';

interface BulkBarProps {
  /** Everybody who can be chosen. */
  selectable: readonly User[];
  selected: readonly User[];
  onSelect: (ids: readonly string[]) => void;
  isLicensed: boolean;
  /** Whether those who can be chosen are only some. */
  isFiltered: boolean;
}

/** Chooses everybody or nobody, and does for those chosen what else is done one by one. */
export function BulkBar({ selectable, selected, onSelect, isLicensed, isFiltered }: BulkBarProps) {
  const { t } = useTranslation();
  const { data: groups = [] } = useQuery({ ...groupsQuery, enabled: isLicensed });
  // Those chosen when the dialog opened: the list below changes while it works.
  const [deactivating, setDeactivating] = useState<readonly User[] | null>(null);
  const [adding, setAdding] = useState<readonly User[] | null>(null);
  const all = selected.length === selectable.length;
  return (
    <Group justify="space-between" gap="sm" mih={42}>
      {selectable.length > 0 && (
        <Checkbox
          label={t(isFiltered ? 'people.selectFound' : 'settings.users.selectAll', { count: selectable.length })}
          checked={all}
          indeterminate={!all && selected.length > 0}
          onChange={() => onSelect(all ? [] : selectable.map(({ id }) => id))}
        />
      )}
      {selected.length > 0 && (
        <Group gap="xs" role="group" aria-label={t('settings.users.bulkActions')}>
          <Text size="sm" c="dimmed" role="status">
            {t('settings.users.selected', { count: selected.length })}
          </Text>
          {groups.length > 0 && (
            <Button size="sm" variant="default" onClick={() => setAdding(selected)}>
              {t('settings.users.addToGroup')}
            </Button>
          )}
          <Button size="sm" variant="light" color="red" onClick={() => setDeactivating(selected)}>
            {t('settings.users.deactivateSelected')}
          </Button>
        </Group>
      )}
      {deactivating && (
        <DeactivateDialog
          users={deactivating}
          onClose={() => {
            setDeactivating(null);
            onSelect([]);
          }}
          onCancel={() => setDeactivating(null)}
        />
      )}
      {adding && (
        <AddToGroupDialog
          users={adding}
          groups={groups}
          onAdded={() => {
            setAdding(null);
            onSelect([]);
          }}
          onCancel={() => setAdding(null)}
        />
      )}
    </Group>
  );
}
