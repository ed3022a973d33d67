import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { useDueReviews } from '../agents/use-due-reviews.ts';
import AllowanceList from './allowance-list.tsx';
import { type Decided, DecidedList } from './decided-list.tsx';
import { DueReviews } from './due-reviews.tsx';
import { NotificationSwitch } from './notification-switch.tsx';
import { WaitingCard } from './waiting-card.tsx';
import { waitingQuery } from './waiting.ts';
import classes from './approvals-page.module.css';

/** What waits for the person's decision, wherever it was asked. */
export function ApprovalsPage() {
  const { t } = useTranslation();
  const query = useQuery(waitingQuery);
  const reviews = useDueReviews();
  const [decided, setDecided] = useState<readonly Decided[]>([]);
  return (
    <Page title={t('approvals.title')} description={t('approvals.description')}>
      <div role="status">{decided.length > 0 && <DecidedList decided={decided} />}</div>
      <QueryState query={query} lines={6}>
        {({ approvals, allowances }) => (
          <>
            {approvals.length === 0 && reviews.length === 0 && (
              <EmptyState picture="done">{t('approvals.none')}</EmptyState>
            )}
            <div className={classes.cards}>
              {approvals.map((waiting) => (
                <WaitingCard
                  key={waiting.approvalId}
                  call={waiting}
                  onDecided={(choice) => setDecided((before) => [{ call: waiting, choice }, ...before])}
                />
              ))}
            </div>
            {reviews.length > 0 && <DueReviews agents={reviews} />}
            {allowances.length > 0 && (
              <Section title={t('approvals.allowedAnywhere')}>
                <AllowanceList allowances={allowances} />
              </Section>
            )}
          </>
        )}
      </QueryState>
      <div className={classes.notify}>
        <NotificationSwitch />
      </div>
    </Page>
  );
}
