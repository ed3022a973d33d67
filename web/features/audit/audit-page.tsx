import { Badge, Button, Group, Pagination, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Download, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { AuditEntry } from '../../../contract/audit.ts';
import { call, urlOf } from '../../api/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormAlert } from '../../ui/form-alert.tsx';
import { messageOf } from '../../ui/notify.ts';
import { Page } from '../../ui/page.tsx';
import { usePageLabels } from '../../ui/pages.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { AuditEntryDrawer } from './audit-entry.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditList } from './audit-list.tsx';
import { RunStoryDrawer } from './run-story.tsx';
import { TrailWarnings } from './trail-warnings.tsx';
import { auditQuery, filterOf, isLive, pageSize } from './audit-queries.ts';
import type { AuditSearch } from './audit-search.ts';
import { VerificationResult } from './verification-result.tsx';

const route = getRouteApi('/shell/audit');

export function AuditPage() {
  const labels = usePageLabels();
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
        {({ entries, total, gaps }) =>
          total === 0 ? (
            <EmptyState picture="trail" title={t('audit.nothing')}>
              {t('audit.nothingBody')}
            </EmptyState>
          ) : (
            <>
              <AuditList
                entries={entries}
                gaps={gaps}
                tampered={verification.data?.invalidIds ?? []}
                onOpen={setOpened}
              />
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
                  {...labels}
                />
              </Group>
            </>
          )
        }
      </QueryState>
      <AuditEntryDrawer
        entry={opened}
        onClose={() => setOpened(undefined)}
        onShowRun={(run) => {
          setOpened(undefined);
          void navigate({ search: { ...search, run } });
        }}
      />
      <RunStoryDrawer
        runId={search.run}
        onClose={() => show({ ...search, run: undefined })}
        onOpen={(entry) => {
          show({ ...search, run: undefined });
          setOpened(entry);
        }}
      />
    </Page>
  );
}
