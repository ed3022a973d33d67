import { Button, Skeleton, Text } from '@mantine/core';
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
import { lazyPart } from '../../ui/import-part.ts';
import { Page } from '../../ui/page.tsx';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { modelsQuery } from '../agents/agent-queries.ts';
import { useAgentIcon } from '../agents/use-agent-icon.ts';
import { ForecastCard } from './forecast-card.tsx';
import { RatingsSection } from './ratings-section.tsx';
import { UsageCards } from './usage-cards.tsx';
import { type Figures, figuresOfTotals } from './usage-figures.ts';
import { UsageFilters } from './usage-filters.tsx';
import { intervalOf, windowBefore, windowOf } from './usage-period.ts';
import type { UsageSearch } from './usage-search.ts';
import { usageByModelQuery, usageByUserQuery, usageSummaryQuery, usageTimeseriesQuery } from './usage-queries.ts';
import { UsageTable } from './usage-table.tsx';
import classes from './usage.module.css';

const BudgetsSection = lazyPart(() => import('./budgets/budgets-section.tsx'));
const PricesSection = lazyPart(() => import('./prices/prices-section.tsx'));
const UsageChart = lazyPart(() => import('./usage-chart.tsx'));
const route = getRouteApi('/shell/usage');

export function UsagePage() {
  const { t } = useTranslation();
  const search: UsageSearch = route.useSearch();
  const navigate = route.useNavigate();
  const licence = useQuery({ queryKey: ['licence'], queryFn: ({ signal }) => call('enterpriseStatus', { signal }) });
  const isLicensed = licence.data?.enterprise === true;
  const summary = useQuery(usageSummaryQuery(search));
  const before = useQuery({ ...usageSummaryQuery(search, 'before'), enabled: compares(search) });
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
            ? { component: 'a' as const, href: urlOf('usageExport', { query: { ...windowOf(search) } }) }
            : { disabled: true, title: t('usage.exportNeedsLicence') })}
        >
          {t('usage.export')}
        </Button>
      }
    >
      <UsageFilters search={search} onChange={(changed) => void navigate({ search: changed, replace: true })} />
      {isEmpty ? (
        <EmptyState picture="usage" title={t('usage.nothing')}>
          {t('usage.nothingBody')}
        </EmptyState>
      ) : (
        <>
          <QueryState query={summary}>
            {(found) => <UsageCards summary={found} before={compares(search) ? before.data : undefined} />}
          </QueryState>
          <ForecastCard agentId={search.agentId} />
        </>
      )}
      {/* In one place, whether there are figures or not: a dialog that is open outlives the first ones. */}
      <Budgets />
      <Prices />
      {!isEmpty && (
        <>
          <OverTime search={search} />
          <ByAgent search={search} />
          <ByModel search={search} />
          <ByUser search={search} isLicensed={isLicensed} />
          <RatingsSection search={search} />
        </>
      )}
    </Page>
  );
}

const Budgets = () => (
  <div className={classes.part}>
    <Suspense fallback={<Skeleton h={160} />}>
      <BudgetsSection />
    </Suspense>
  </div>
);

const Prices = () => (
  <div className={classes.part}>
    <Suspense fallback={<Skeleton h={160} />}>
      <PricesSection />
    </Suspense>
  </div>
);

const compares = (search: UsageSearch): boolean => search.compare === true && windowBefore(search) !== undefined;

type Totals = Parameters<typeof figuresOfTotals>[0];

/** Figures of the period before, by what they are of; undefined while nothing is compared. */
const figuresBy = <Row extends Totals>(rows: readonly Row[] | undefined, idOf: (row: Row) => string) =>
  rows && new Map<string, Figures>(rows.map((row) => [idOf(row), figuresOfTotals(row)]));

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

function ByAgent({ search }: { search: UsageSearch }) {
  const { t } = useTranslation();
  const iconOf = useAgentIcon();
  const summary = useQuery(usageSummaryQuery(search));
  const before = useQuery({ ...usageSummaryQuery(search, 'before'), enabled: compares(search) });
  return (
    <Section title={t('usage.byAgent')}>
      <QueryState query={summary}>
        {({ agents }) => (
          <UsageTable
            heading={t('usage.agent')}
            rows={agents.map((agent) => ({
              id: agent.agentId,
              name: agent.agentId === nobodyId ? t('knowledge.meaning') : agent.agentName,
              mark: <AgentAvatar id={agent.agentId} icon={iconOf(agent.agentId)} size={24} />,
              detail: agent.owner && t('usage.ownerIs', { owner: agent.owner.userName }),
              note: agent.deleted ? t('usage.deleted') : undefined,
              figures: figuresOfTotals(agent),
            }))}
            before={compares(search) ? figuresBy(before.data?.agents, ({ agentId }) => agentId) : undefined}
          />
        )}
      </QueryState>
    </Section>
  );
}

function ByModel({ search }: { search: UsageSearch }) {
  const { t } = useTranslation();
  const models = useQuery(usageByModelQuery(search));
  const before = useQuery({ ...usageByModelQuery(search, 'before'), enabled: compares(search) });
  const { data: offered = [] } = useQuery(modelsQuery);
  return (
    <Section title={t('usage.byModel')}>
      <QueryState query={models}>
        {(rows) => (
          <UsageTable
            heading={t('usage.model')}
            rows={rows.map(({ model, ...totals }) => {
              const name = offered.find(({ id }) => id === model)?.displayName;
              return {
                id: model,
                name: name ?? model,
                detail: name === undefined ? undefined : model,
                figures: figuresOfTotals(totals),
              };
            })}
            before={compares(search) ? figuresBy(before.data, ({ model }) => model) : undefined}
          />
        )}
      </QueryState>
    </Section>
  );
}

function ByUser({ search, isLicensed }: { search: UsageSearch; isLicensed: boolean }) {
  const { t } = useTranslation();
  const users = useQuery({ ...usageByUserQuery(search), enabled: isLicensed });
  const before = useQuery({ ...usageByUserQuery(search, 'before'), enabled: isLicensed && compares(search) });
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
              before={compares(search) ? figuresBy(before.data, ({ userId }) => userId) : undefined}
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
