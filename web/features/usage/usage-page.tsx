import { Button, Group, Select, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { Suspense } from 'react';
import { nobodyId } from '../../../contract/nobody.ts';
import { useTranslation } from '../../texts/language.ts';
import { call, urlOf } from '../../api/client.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import { TextLink } from '../../ui/button-link.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { agentsQuery } from '../agents/agent-queries.ts';
import { RatingsSection } from './ratings-section.tsx';
import { UsageCards } from './usage-cards.tsx';
import { figuresOfTotals } from './usage-figures.ts';
import {
  defaultDays,
  intervalOf,
  periods,
  usageByUserQuery,
  usageExportQuery,
  type UsageSearch,
  usageSummaryQuery,
  usageTimeseriesQuery,
} from './usage-queries.ts';
import { UsageTable } from './usage-table.tsx';
import { lazyPart } from '../../ui/import-part.ts';

const UsageChart = lazyPart(() => import('./usage-chart.tsx'));
const route = getRouteApi('/shell/usage');

export function UsagePage() {
  const { t } = useTranslation();
  const search: UsageSearch = route.useSearch();
  const licence = useQuery({ queryKey: ['licence'], queryFn: ({ signal }) => call('enterpriseStatus', { signal }) });
  const isLicensed = licence.data?.enterprise === true;
  const summary = useQuery(usageSummaryQuery(search));
  const isEmpty = summary.data?.agents.length === 0;
  return (
    <Page
      wide
      title={t('usage.title')}
      description={t('usage.description')}
      actions={
        <Button
          variant="default"
          leftSection={<Download size={16} aria-hidden />}
          {...(isLicensed
            ? { component: 'a' as const, href: urlOf('usageExport', { query: usageExportQuery(search) }) }
            : { disabled: true, title: t('usage.exportNeedsLicence') })}
        >
          {t('usage.export')}
        </Button>
      }
    >
      <UsageFilters search={search} />
      {isEmpty ? (
        <EmptyState picture="usage" title={t('usage.nothing')}>
          {t('usage.nothingBody')}
        </EmptyState>
      ) : (
        <>
          <QueryState query={summary}>{(found) => <UsageCards summary={found} />}</QueryState>
          <OverTime search={search} />
          <Section title={t('usage.byAgent')}>
            <QueryState query={summary}>
              {({ agents }) => (
                <UsageTable
                  heading={t('usage.agent')}
                  rows={agents.map((agent) => ({
                    id: agent.agentId,
                    name: agent.agentId === nobodyId ? t('knowledge.meaning') : agent.agentName,
                    mark: <AgentAvatar id={agent.agentId} size={24} />,
                    note: agent.deleted ? t('usage.deleted') : undefined,
                    figures: figuresOfTotals(agent),
                  }))}
                />
              )}
            </QueryState>
          </Section>
          <ByUser search={search} isLicensed={isLicensed} />
          <RatingsSection search={search} />
        </>
      )}
    </Page>
  );
}

function UsageFilters({ search }: { search: UsageSearch }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const agents = useQuery(agentsQuery);
  const periodLabel = (days: number) =>
    days === 0 ? t('usage.allTime') : days === 1 ? t('usage.today') : t('usage.lastDays', { count: days });
  return (
    <Group mb="lg" gap="sm">
      <Select
        aria-label={t('usage.days')}
        allowDeselect={false}
        w={170}
        value={String(search.days ?? defaultDays)}
        data={periods.map((days) => ({ value: String(days), label: periodLabel(days) }))}
        onChange={(days) => void navigate({ search: { ...search, days: Number(days) }, replace: true })}
      />
      <Select
        aria-label={t('usage.agent')}
        placeholder={t('usage.allAgents')}
        clearable
        searchable
        w={220}
        value={search.agentId ?? null}
        data={(agents.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(agentId) => void navigate({ search: { ...search, agentId: agentId ?? undefined }, replace: true })}
      />
    </Group>
  );
}

function OverTime({ search }: { search: UsageSearch }) {
  const { t } = useTranslation();
  const timeseries = useQuery(usageTimeseriesQuery(search));
  return (
    <Section title={t('usage.overTime')}>
      <QueryState query={timeseries} lines={6}>
        {(points) => (
          <Suspense fallback={<Skeleton h={260} />}>
            <UsageChart points={points} interval={intervalOf(search)} />
          </Suspense>
        )}
      </QueryState>
    </Section>
  );
}

function ByUser({ search, isLicensed }: { search: UsageSearch; isLicensed: boolean }) {
  const { t } = useTranslation();
  const users = useQuery({ ...usageByUserQuery(search), enabled: isLicensed });
  return (
    <Section title={t('usage.byUser')}>
      {isLicensed ? (
        <QueryState query={users}>
          {(rows) => (
            <UsageTable
              heading={t('usage.person')}
              rows={rows.map((user) => ({
                id: user.userId,
                name: user.userId === nobodyId ? t('knowledge.meaning') : user.userName,
                mark: <PersonAvatar name={user.userName} size={24} />,
                note: user.deleted ? t('usage.deactivated') : undefined,
                figures: figuresOfTotals(user),
              }))}
            />
          )}
        </QueryState>
      ) : (
        <Text size="sm" c="dimmed">
          {t('usage.byUserLicensed')}{' '}
          <TextLink to="/settings" search={{ section: 'licence' }}>
            {t('usage.seeLicence')}
          </TextLink>
        </Text>
      )}
    </Section>
  );
}
