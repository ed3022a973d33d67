import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Group as PersonGroup } from '../../../../contract/groups.ts';
import type { User } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { FormModal } from '../../../ui/form-modal.tsx';
import { messageOf, notifyDone } from '../../../ui/notify.ts';
import { Pages, usePages } from '../../../ui/pages.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import edges from '../../../ui/scroll-edges.module.css';
import { everybody, filterPeople } from '../users/people-filter.ts';
import { usersQuery } from '../users/user-queries.ts';
import { groupKeys, groupMembersQuery } from './group-queries.ts';

interface MembersDialogProps {
  group: PersonGroup;
  onClose: () => void;
}

/** Who belongs to a group, saved all at once; what somebody else changes meanwhile stays. */
export function MembersDialog({ group, onClose }: MembersDialogProps) {
  const { t } = useTranslation();
  const members = useQuery(groupMembersQuery(group.id));
  return (
    <FormModal opened onClose={onClose} title={t('settings.groups.membersOf', { name: group.name })}>
      <QueryState query={members}>
        {(userIds) => <MemberPicker group={group} saved={userIds} onClose={onClose} />}
      </QueryState>
    </FormModal>
  );
}

function MemberPicker({ group, saved, onClose }: MembersDialogProps & { saved: readonly string[] }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const users = useQuery(usersQuery);
  // As they were when the dialog opened: the difference is the admin's own.
  const [before] = useState(saved);
  const [chosen, setChosen] = useState<readonly string[]>(before);
  const [filter, setFilter] = useState('');
  const save = useMutation({
    mutationFn: async () => {
      const add = chosen.filter((id) => !before.includes(id));
      const remove = before.filter((id) => !chosen.includes(id));
      if (add.length + remove.length === 0) return;
      await call('changeGroupMembers', { params: { id: group.id }, body: { add, remove } });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: groupKeys.all });
      await queryClient.invalidateQueries({ queryKey: usersQuery.queryKey });
      notifyDone(t('common.saved'));
      onClose();
    },
  });
  return (
    <Stack>
      <TextInput
        type="search"
        label={t('settings.groups.search')}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        data-autofocus
      />
      <QueryState query={users}>
        {(list) => (
          <Checkbox.Group
            value={[...chosen]}
            onChange={setChosen}
            aria-label={t('settings.groups.membersOf', { name: group.name })}
          >
            <Choices key={filter} people={list} filter={filter} before={before} />
          </Checkbox.Group>
        )}
      </QueryState>
      <Text size="sm" c="dimmed" role="status">
        {t('settings.users.selected', { count: chosen.length })}
      </Text>
      <FormAlert message={save.isError ? messageOf(save.error) : null} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button onClick={() => save.mutate()} loading={save.isPending}>
          {t('common.save')}
        </Button>
      </Group>
    </Stack>
  );
}

interface ChoicesProps {
  people: readonly User[];
  filter: string;
  before: readonly string[];
}

/** Who belongs to the group comes first: among hundreds they would not be seen. */
function Choices({ people, filter, before }: ChoicesProps) {
  const { t } = useTranslation();
  const [members] = useState(() => new Set(before));
  const found = filterPeople(people, { ...everybody, text: filter });
  const pages = usePages(found.toSorted((one, other) => Number(members.has(other.id)) - Number(members.has(one.id))));
  if (found.length === 0) return <Text size="sm">{t('people.nobody')}</Text>;
  return (
    <>
      <Stack gap="sm" py={2} mah={320} className={edges.ends}>
        {pages.shown.map(({ id, name, email }) => (
          <Checkbox key={id} value={id} label={name} description={email} />
        ))}
      </Stack>
      <Pages {...pages} />
    </>
  );
}
