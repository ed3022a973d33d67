import { Badge, Button, Group, Pagination, Table, Text, UnstyledButton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Download, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { AuditEntry } from '../../../contract/audit.ts';
import { call, urlOf } from '../../api/client.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { messageOf } from '../../ui/notify.ts';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { Actor, AuditEntryDrawer, Resource } from './audit-entry.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { TrailWarnings } from './trail-warnings.tsx';
import { moment } from './audit-formats.ts';
import { type AuditSearch, auditQuery, filterOf, isLive, pageSize } from './audit-queries.ts';
import { VerificationResult } from './verification-result.tsx';
import classes from './audit.module.css';

const route = getRouteApi('/shell/audit');

export function AuditPage() {
  const { t } = useTranslation();
  const search: AuditSearch = route.useSearch();
  const navigate = route.useNavigate();
  const trail = useQuery(auditQuery(search));
  const verification = useMutation({ mutationFn: () => call('verifyAudit') });
  const [opened, setOpened] = useState<AuditEntry>();
  const show = (next: AuditSearch) => void navigate({ search: next, replace: true });
  return (
    <Page
      wide
      title={t('audit.title')}
      description={t('audit.description')}
      actions={
        <>
          <Button
            variant="default"
            component="a"
            href={urlOf('exportAudit', { query: filterOf(search) })}
            leftSection={<Download size={16} aria-hidden />}
          >
            {t('audit.export')}
          </Button>
          <Button
            leftSection={<ShieldCheck size={16} aria-hidden />}
            loading={verification.isPending}
            onClick={() => verification.mutate()}
          >
            {t('audit.verify')}
          </Button>
        </>
      }
    >
      <TrailWarnings />
      {verification.isPending && (
        <Text role="status" size="sm" c="dimmed" mb="md">
          {t('audit.verifying')}
        </Text>
      )}
      {verification.isError && <FormAlert message={messageOf(verification.error)} />}
      {verification.data && <VerificationResult result={verification.data} onClose={() => verification.reset()} />}
      <AuditFilters search={search} onChange={show} />
      <QueryState query={trail} lines={8}>
        {({ entries, total }) =>
          total === 0 ? (
            <Section title={t('audit.nothing')} description={t('audit.nothingBody')} />
          ) : (
            <>
              <AuditTable entries={entries} onOpen={setOpened} />
              <Group justify="space-between" mt="md">
                <Group gap="xs">
                  <Text size="sm" c="dimmed" role="status">
                    {t('audit.entries', { count: total })}
                  </Text>
                  {isLive(search) && (
                    <Badge variant="dot" color="teal">
                      {t('audit.live')}
                    </Badge>
                  )}
                </Group>
                <Pagination
                  aria-label={t('audit.pages')}
                  total={Math.max(1, Math.ceil(total / pageSize))}
                  value={search.page ?? 1}
                  onChange={(page) => show({ ...search, page: page > 1 ? page : undefined })}
                  getControlProps={(control) => ({ 'aria-label': control })}
                />
              </Group>
            </>
          )
        }
      </QueryState>
      <AuditEntryDrawer entry={opened} onClose={() => setOpened(undefined)} />
    </Page>
  );
}

function AuditTable({ entries, onOpen }: { entries: readonly AuditEntry[]; onOpen: (entry: AuditEntry) => void }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table highlightOnHover verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('audit.time')}</Table.Th>
            <Table.Th>{t('audit.what')}</Table.Th>
            <Table.Th>{t('audit.actor')}</Table.Th>
            <Table.Th>{t('audit.on')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.id} className={classes.row} onClick={() => onOpen(entry)}>
              <Table.Td className={classes.time}>{moment(entry.timestamp)}</Table.Td>
              <Table.Td>
                <Group gap={8} wrap="nowrap">
                  <UnstyledButton className={classes.event} onClick={() => onOpen(entry)}>
                    {entry.eventType}
                  </UnstyledButton>
                  {entry.outcome === 'failure' && (
                    <Badge color="red" variant="light" size="sm" style={{ flexShrink: 0 }}>
                      {t('audit.failure')}
                    </Badge>
                  )}
                </Group>
                {entry.error && (
                  <Text size="xs" c="dimmed" lineClamp={1}>
                    {entry.error}
                  </Text>
                )}
              </Table.Td>
              <Table.Td className={classes.name}>
                <Actor entry={entry} />
              </Table.Td>
              <Table.Td className={classes.name}>
                <Resource entry={entry} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
