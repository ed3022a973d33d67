import { Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import type { GroupReference } from '../../../../contract/users.ts';
import { useTranslation } from '../../../texts/language.ts';
import classes from './users.module.css';
import { type PeopleFilter, peopleOrders, personStates } from './people-filter.ts';

interface PeopleToolbarProps {
  filter: PeopleFilter;
  onChange: (filter: PeopleFilter) => void;
  /** Groups that somebody is in. */
  groups: readonly GroupReference[];
}

/** Finds, narrows and orders people. */
export function PeopleToolbar({ filter, onChange, groups }: PeopleToolbarProps) {
  const { t } = useTranslation();
  const set = (change: Partial<PeopleFilter>) => onChange({ ...filter, ...change });
  return (
    <div className={classes.toolbar} role="search">
      <TextInput
        className={classes.search}
        type="search"
        aria-label={t('people.find')}
        placeholder={t('people.search')}
        leftSection={<Search size={16} aria-hidden />}
        value={filter.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <Select
        aria-label={t('common.role')}
        placeholder={t('people.anyRole')}
        clearable
        data={[
          { value: 'admin', label: t('people.admins') },
          { value: 'member', label: t('people.members') },
        ]}
        value={filter.role}
        onChange={(role) => set({ role: role as PeopleFilter['role'] })}
      />
      <Select
        aria-label={t('people.state')}
        placeholder={t('people.anyState')}
        clearable
        data={personStates.map((state) => ({ value: state, label: t(`people.states.${state}`) }))}
        value={filter.state}
        onChange={(state) => set({ state: state as PeopleFilter['state'] })}
      />
      {groups.length > 0 && (
        <Select
          aria-label={t('settings.users.group')}
          placeholder={t('people.anyGroup')}
          clearable
          searchable={groups.length > 8}
          data={[
            { value: 'none', label: t('people.withoutGroup') },
            ...groups.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={filter.groupId}
          onChange={(groupId) => set({ groupId })}
        />
      )}
      <Select
        aria-label={t('people.order')}
        allowDeselect={false}
        data={peopleOrders.map((order) => ({ value: order, label: t(`people.orders.${order}`) }))}
        value={filter.order}
        onChange={(order) => set({ order: order as PeopleFilter['order'] })}
      />
    </div>
  );
}
