import { Button, Group, List, NativeSelect, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Group as PersonGroup } from '../../../../contract/groups.ts';
import type { User } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { FormModal } from '../../../ui/form-modal.tsx';
import { messageOf, notifyDone } from '../../../ui/notify.ts';
import edges from '../../../ui/scroll-edges.module.css';
import { groupKeys } from '../groups/group-queries.ts';
import { userKeys } from './user-queries.ts';

interface AddToGroupDialogProps {
  users: readonly User[];
  groups: readonly PersonGroup[];
  onAdded: () => void;
  onCancel: () => void;
}

/** Adds several people to a group at once; whoever is in it already stays. */
export function AddToGroupDialog({ users, groups, onAdded, onCancel }: AddToGroupDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [groupId, setGroupId] = useState(groups[0]?.id ?? '');
  const add = useMutation({
    mutationFn: () => call('changeGroupMembers', { params: { id: groupId }, body: { add: users.map(({ id }) => id) } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: groupKeys.all });
      await queryClient.invalidateQueries({ queryKey: userKeys.all });
      const name = groups.find(({ id }) => id === groupId)?.name ?? '';
      notifyDone(t('settings.users.addedToGroup', { name, count: users.length }));
      onAdded();
    },
  });
  return (
    <FormModal opened onClose={onCancel} title={t('settings.users.addToGroupTitle', { count: users.length })}>
      <Stack>
        <NativeSelect
          label={t('settings.users.group')}
          value={groupId}
          onChange={(event) => setGroupId(event.currentTarget.value)}
          data={groups.map(({ id, name }) => ({ value: id, label: name }))}
          data-autofocus
        />
        <List
          size="sm"
          className={edges.ends}
          mah={200}
          style={{ overflowWrap: 'anywhere' }}
          tabIndex={0}
          aria-label={t('settings.users.title')}
        >
          {users.map(({ id, name }) => (
            <List.Item key={id}>{name}</List.Item>
          ))}
        </List>
        <FormAlert message={add.isError ? messageOf(add.error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button onClick={() => add.mutate()} loading={add.isPending}>
            {t('settings.users.add')}
          </Button>
        </Group>
      </Stack>
    </FormModal>
  );
}
