import { Button, Group, MultiSelect, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Search, SlidersHorizontal } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { auditTopics } from '../../../contract/audit-topics.ts';
import { useTranslation } from '../../texts/language.ts';
import { eventTypesQuery, hasFilter } from './audit-queries.ts';
import type { AuditSearch } from './audit-search.ts';
import classes from './audit.module.css';
import { titleOfEvent } from './entry-words.ts';
import { PeriodField } from './period-field.tsx';
import { SavedFilters } from './saved-filters/saved-filters.tsx';
import { useFilterNames } from './saved-filters/use-filter-names.ts';

const maxEventTypes = 50;

interface AuditFiltersProps {
  search: AuditSearch;
  onChange: (search: AuditSearch) => void;
}

/** Every filter lands in the address, so that a view can be shared and gone back to. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const { t } = useTranslation();
  const eventTypes = useQuery(eventTypesQuery);
  const { people, agents } = useFilterNames();
  const [folded, setFolded] = useState(true);
  const count = countFolded(search);
  const set = (change: AuditSearch) => onChange({ ...search, ...change, page: undefined });
  return (
    <>
      <Group justify="space-between" gap="8px 24px" mb="sm">
        <Group role="group" aria-label={t('trail.topic')} gap={6}>
          {([undefined, ...auditTopics] as const).map((topic) => (
            <Button
              key={topic ?? 'all'}
              size="compact-md"
              fz="sm"
              variant={search.topic === topic ? 'light' : 'default'}
              aria-pressed={search.topic === topic}
              onClick={() => set({ topic })}
            >
              {t(`trail.topics.${topic ?? 'all'}`)}
            </Button>
          ))}
        </Group>
        <Group gap={6}>
          <SavedFilters search={search} onChange={onChange} />
          {hasFilter(search) && (
            <Button size="compact-md" fz="sm" variant="subtle" color="gray" onClick={() => onChange({})}>
              {t('audit.clear')}
            </Button>
          )}
        </Group>
      </Group>
      <div className={classes.filters} data-folded={folded || undefined}>
        <SearchField value={search.search ?? ''} onChange={(text) => set({ search: text || undefined })} />
        <Button
          className={classes.fold}
          variant="default"
          leftSection={<SlidersHorizontal size={16} aria-hidden />}
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        >
          {count > 0 ? t('filters.countedFold', { count }) : t('filters.fold')}
        </Button>
        <Select
          label={t('audit.actor')}
          placeholder={t('audit.anybody')}
          searchable
          clearable
          data={people}
          value={search.personId ?? null}
          onChange={(personId) => set({ personId: personId ?? undefined })}
        />
        <Select
          label={t('filters.agent')}
          placeholder={t('filters.anyAgent')}
          searchable
          clearable
          data={agents}
          value={search.agentId ?? null}
          onChange={(agentId) => set({ agentId: agentId ?? undefined })}
        />
        <MultiSelect
          label={t('audit.event')}
          placeholder={search.eventTypes ? undefined : t('audit.allEvents')}
          searchable
          clearable
          maxValues={maxEventTypes}
          {...(search.eventTypes && { className: classes.events })}
          data={(eventTypes.data ?? [])
            .map((type) => ({ value: type, label: titleOfEvent({ t }, type) }))
            .toSorted((one, other) => one.label.localeCompare(other.label))}
          value={[...(search.eventTypes ?? [])]}
          onChange={(chosen) => set({ eventTypes: chosen.length > 0 ? chosen : undefined })}
        />
        <Select
          label={t('audit.status')}
          placeholder={t('audit.anyStatus')}
          clearable
          data={[
            { value: 'success', label: t('audit.success') },
            { value: 'failure', label: t('audit.failure') },
          ]}
          value={search.status ?? null}
          onChange={(status) => set({ status: status === 'success' || status === 'failure' ? status : undefined })}
        />
        <PeriodField search={search} onChange={set} />
      </div>
    </>
  );
}

/** How many of the filters that a phone folds away are set. */
const countFolded = ({ personId, agentId, eventTypes, status, period, from, to }: AuditSearch): number =>
  [personId, agentId, eventTypes, status, period ?? from ?? to].filter((value) => value !== undefined).length;

const typingMs = 350;

/** Searches once typing pauses: the whole trail is read for it. */
function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const asked = useRef(value);
  const search = useDebouncedCallback((text: string) => {
    asked.current = text.trim();
    onChange(asked.current);
  }, typingMs);
  useEffect(() => {
    // Clearing the filters, or going back, changes it from outside; what is being typed stays.
    if (value === asked.current) return;
    asked.current = value;
    setTyped(value);
  }, [value]);
  return (
    <TextInput
      type="search"
      label={t('trail.search')}
      placeholder={t('trail.searchHint')}
      leftSection={<Search size={15} aria-hidden />}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}
