import { Button, Group, Text } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { User } from '../../../../contract/users.ts';
import { useTranslation } from '../../../texts/language.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Pages, usePages } from '../../../ui/pages.tsx';
import { useMe } from '../../session/session-queries.ts';
import classes from '../settings.module.css';
import { BulkBar } from './bulk-bar.tsx';
import { everybody, filterPeople, isFiltered } from './people-filter.ts';
import { PeopleToolbar } from './people-toolbar.tsx';
import { UserRow } from './user-row.tsx';

interface PeopleListProps {
  users: readonly User[];
  isLicensed: boolean;
  onShowAccess: (user: User) => void;
  onReset: (user: User) => void;
}

/** Everybody, to be found, chosen and changed; fifty at a time. */
export function PeopleList({ users, isLicensed, onShowAccess, onReset }: PeopleListProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [filter, setFilter] = useState(everybody);
  const asked = useDeferredValue(filter);
  const found = useMemo(() => filterPeople(users, asked), [users, asked]);
  const groups = useMemo(() => groupsOf(users), [users]);
  const pages = usePages(found);
  // Nobody deactivates themselves, and whoever is deactivated is so already.
  const selectable = found.filter(({ id, banned }) => id !== me.id && !banned);
  const selectableIds = new Set(selectable.map(({ id }) => id));
  const selected = new Set(chosen);
  // Counts those deactivated too: the result of a deactivation shows on when nobody is left to be chosen.
  const hasBulk = users.length > 2;
  const select = (id: string, isSelected: boolean) =>
    setChosen((before) => (isSelected ? [...before, id] : before.filter((other) => other !== id)));
  const showAll = (
    <Button size="compact-sm" variant="subtle" onClick={() => setFilter({ ...everybody, order: filter.order })}>
      {t('people.showAll')}
    </Button>
  );
  return (
    <>
      {users.length > 1 && (
        <PeopleToolbar
          filter={filter}
          onChange={(changed) => {
            setFilter(changed);
            pages.setPage(1);
          }}
          groups={groups}
        />
      )}
      {isFiltered(filter) && found.length > 0 && (
        <Group gap="sm" mb="xs">
          <Text size="sm" c="dimmed" role="status">
            {t('people.found', { count: found.length, total: users.length })}
          </Text>
          {showAll}
        </Group>
      )}
      {isFiltered(filter) && found.length === 0 && (
        <EmptyState picture="search" action={showAll}>
          <span role="status">{t('people.nobody')}</span>
        </EmptyState>
      )}
      {hasBulk && (
        <BulkBar
          selectable={selectable}
          // Whoever a filter hides is not acted on.
          selected={selectable.filter(({ id }) => selected.has(id))}
          onSelect={setChosen}
          isLicensed={isLicensed}
          isFiltered={isFiltered(filter)}
        />
      )}
      <ul className={classes.list}>
        {pages.shown.map((user) => (
          <UserRow
            key={user.id}
            user={user}
            isSelected={selected.has(user.id)}
            isIndented={hasBulk}
            onSelect={hasBulk && selectableIds.has(user.id) ? (isSelected) => select(user.id, isSelected) : undefined}
            onShowAccess={() => onShowAccess(user)}
            onReset={() => onReset(user)}
          />
        ))}
      </ul>
      <Pages {...pages} />
    </>
  );
}

/** Every group that somebody is in, by name. */
function groupsOf(users: readonly User[]) {
  const groups = new Map(users.flatMap((user) => user.groups.map((group) => [group.id, group] as const)));
  return [...groups.values()].toSorted((left, right) => left.name.localeCompare(right.name));
}
