import { Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../texts/language.ts';
import { auditActorsQuery, type AuditSearch, eventTypesQuery, hasFilter } from './audit-queries.ts';

interface AuditFiltersProps {
  search: AuditSearch;
  onChange: (search: AuditSearch) => void;
}

/** Every filter lands in the address, so that a view can be shared and gone back to. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const { t } = useTranslation();
  const eventTypes = useQuery(eventTypesQuery);
  const people = useQuery(auditActorsQuery);
  const set = (change: AuditSearch) => onChange({ ...search, ...change, page: undefined });
  return (
    <Group gap="sm" mb="md" align="end">
      <Select
        label={t('audit.event')}
        placeholder={t('audit.allEvents')}
        searchable
        clearable
        w={210}
        data={eventTypes.data ?? []}
        value={search.eventType ?? null}
        onChange={(eventType) => set({ eventType: eventType ?? undefined })}
      />
      <Select
        label={t('audit.actor')}
        placeholder={t('audit.anybody')}
        searchable
        clearable
        w={190}
        data={(people.data ?? []).map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
        value={search.actorId ?? null}
        onChange={(actorId) => set({ actorId: actorId ?? undefined })}
      />
      <Select
        label={t('audit.status')}
        placeholder={t('audit.anyStatus')}
        clearable
        w={150}
        data={[
          { value: 'success', label: t('audit.success') },
          { value: 'failure', label: t('audit.failure') },
        ]}
        value={search.status ?? null}
        onChange={(status) => set({ status: status === 'success' || status === 'failure' ? status : undefined })}
      />
      <TextInput
        type="date"
        label={t('audit.from')}
        value={search.from ?? ''}
        max={search.to}
        onChange={(event) => set({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t('audit.to')}
        value={search.to ?? ''}
        min={search.from}
        onChange={(event) => set({ to: event.currentTarget.value || undefined })}
      />
      {hasFilter(search) && (
        <Button variant="subtle" color="gray" onClick={() => onChange({})}>
          {t('audit.clear')}
        </Button>
      )}
    </Group>
  );
}
