import { useQuery } from '@tanstack/react-query';
import type { Overview } from '../../../contract/overview.ts';
import { useTranslation } from '../../texts/language.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { ActivityTable } from './activity-table.tsx';
import { isOnlyBackupOpen } from './attention.ts';
import { AttentionList } from './attention-list.tsx';
import { FirstSteps } from './first-steps.tsx';
import { overviewQuery } from './overview-queries.ts';
import { StopAll } from './stop-all.tsx';

/** Where admins begin: what needs them, what comes next, and what went on. */
export function OverviewPage() {
  const { t } = useTranslation();
  const query = useQuery(overviewQuery);
  return (
    <Page title={t('overview.title')} description={t('overview.description')}>
      <QueryState query={query} lines={8}>
        {(overview) => (
          <>
            <AttentionList overview={overview} />
            {!isOnlyBackupOpen(overview.steps) && <FirstSteps steps={overview.steps} />}
            <Activity activity={overview.activity} />
            <StopAll stopped={overview.stoppedAgents} />
          </>
        )}
      </QueryState>
    </Page>
  );
}

function Activity({ activity }: { activity: Overview['activity'] }) {
  const { t } = useTranslation();
  const isEmpty = activity.every(({ questions, failed }) => questions === 0 && failed === 0);
  return (
    <Section title={t('overview.activity')}>
      {isEmpty ? (
        <EmptyState picture="usage">{t('overview.activityNone')}</EmptyState>
      ) : (
        <ActivityTable activity={activity} />
      )}
    </Section>
  );
}
