import { ActionIcon, Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { BookmarkPlus, ChevronDown } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { AuditCriteria, SavedFilter } from '../../../../contract/saved-filters.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { MenuOnDemand } from '../../../ui/menu-on-demand.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.ts';
import { criteriaOf, hasFilter, savedFiltersQuery } from '../audit-queries.ts';
import type { AuditSearch } from '../audit-search.ts';
import classes from './saved-filters.module.css';
import { useCriteriaWords } from './use-criteria-words.ts';

const loadMenu = () => import('./saved-filter-menu.tsx');
const SavedFilterMenu = lazy(loadMenu);
const SavedFilterDialog = lazy(() => import('./saved-filter-dialog.tsx'));

/** More of them would push the trail out of sight. */
const maxShown = 8;

interface SavedFiltersProps {
  search: AuditSearch;
  onChange: (search: AuditSearch) => void;
}

/** The filters that were given a name, one click each; and the present one, to be saved. */
export function SavedFilters({ search, onChange }: SavedFiltersProps) {
  const { t } = useTranslation();
  const { data: filters = [] } = useQuery(savedFiltersQuery);
  const [showsAll, setShowsAll] = useState(false);
  /** Null for a new one. */
  const [named, setNamed] = useState<SavedFilter | null>();
  const criteria = criteriaOf(search);
  const isPresent = ({ filter }: SavedFilter) => isSame(filter, criteria);
  const canSave = hasFilter(search) && !filters.some((filter) => filter.owner === null && isPresent(filter));
  const shown = showsAll ? filters : filters.filter((filter, index) => index < maxShown || isPresent(filter));
  if (filters.length === 0 && !canSave) return null;
  return (
    <Group role="group" aria-label={t('filters.saved.title')} gap={6}>
      {shown.map((filter) => (
        <SavedFilterButton
          key={filter.id}
          filter={filter}
          criteria={criteria}
          isPresent={isPresent(filter)}
          onChoose={() => onChange(filter.filter)}
          onRename={() => setNamed(filter)}
        />
      ))}
      {filters.length > shown.length && (
        <Button size="compact-md" fz="sm" variant="subtle" color="gray" onClick={() => setShowsAll(true)}>
          {t('filters.saved.showAll', { count: filters.length })}
        </Button>
      )}
      {canSave && (
        <Button
          size="compact-md"
          fz="sm"
          variant="subtle"
          leftSection={<BookmarkPlus size={15} aria-hidden />}
          onClick={() => setNamed(null)}
        >
          {t('filters.saved.save')}
        </Button>
      )}
      {named !== undefined && (
        <Suspense>
          <SavedFilterDialog saved={named} criteria={criteria} onClose={() => setNamed(undefined)} />
        </Suspense>
      )}
    </Group>
  );
}

interface SavedFilterButtonProps {
  filter: SavedFilter;
  /** What the trail is narrowed to now. */
  criteria: AuditCriteria;
  isPresent: boolean;
  onChoose: () => void;
  onRename: () => void;
}

function SavedFilterButton({ filter, criteria, isPresent, onChoose, onRename }: SavedFilterButtonProps) {
  const { t } = useTranslation();
  const words = useCriteriaWords();
  const actions = useActions(filter);
  const { name, owner, shared } = filter;
  const label = owner === null ? name : t('filters.saved.of', { name, owner });
  const variant = isPresent ? 'light' : 'default';
  const choice = (
    <Button
      size="compact-md"
      fz="sm"
      variant={variant}
      className={classes.choice}
      title={words(filter.filter)}
      aria-pressed={isPresent}
      onClick={onChoose}
    >
      {label}
    </Button>
  );
  if (owner !== null) return choice;
  const canReplace = !isPresent && Object.keys(criteria).length > 0;
  return (
    <Button.Group className={classes.own}>
      {choice}
      <MenuOnDemand
        load={loadMenu}
        target={
          <ActionIcon variant={variant} className={classes.more} aria-label={t('filters.saved.actions', { name })}>
            <ChevronDown size={14} aria-hidden />
          </ActionIcon>
        }
      >
        {(target) => (
          <SavedFilterMenu
            target={target}
            shared={shared}
            onRename={onRename}
            onReplace={canReplace ? () => actions.replace(criteria) : undefined}
            onShare={() => actions.share(!shared)}
            onDelete={actions.remove}
          />
        )}
      </MenuOnDemand>
    </Button.Group>
  );
}

function useActions({ id, name, shared }: SavedFilter) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const settle = () => queryClient.invalidateQueries({ queryKey: savedFiltersQuery.queryKey });
  const params = { filterId: id };
  const update = async (body: { filter?: AuditCriteria; shared?: boolean }, done: string) => {
    try {
      await call('updateSavedFilter', { params, body });
      await settle();
      notifyDone(done);
    } catch (error) {
      notifyError(error);
    }
  };
  return {
    share: (share: boolean) =>
      void update({ shared: share }, t(share ? 'filters.saved.sharedNow' : 'filters.saved.ownNow', { name })),
    replace: (filter: AuditCriteria) =>
      askToConfirm({
        title: t('filters.saved.replaceQuestion', { name }),
        body: t('filters.saved.replaceBody'),
        confirm: t('common.save'),
        action: async () => {
          await call('updateSavedFilter', { params, body: { filter } });
          await settle();
          notifyDone(t('common.saved'));
        },
      }),
    remove: () =>
      askToConfirm({
        title: t('filters.saved.deleteQuestion', { name }),
        body: t(shared ? 'filters.saved.deleteSharedBody' : 'filters.saved.deleteBody'),
        confirm: t('common.delete'),
        danger: true,
        action: async () => {
          await call('deleteSavedFilter', { params });
          await settle();
          notifyDone(t('filters.saved.deleted', { name }));
        },
      }),
  };
}

/** In whatever order they were written. */
const isSame = (one: AuditCriteria, other: AuditCriteria): boolean => textOf(one) === textOf(other);
const textOf = (criteria: AuditCriteria): string =>
  JSON.stringify(Object.entries(criteria).toSorted(([one], [other]) => (one < other ? -1 : 1)));
