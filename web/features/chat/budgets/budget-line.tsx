import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { withPageTexts } from '../../../texts/language.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { ownBudgetsQuery } from './own-budgets-query.ts';

const BudgetLeft = lazyPart(() => withPageTexts(() => import('./budget-left.tsx')));

/** A quiet line over the composer once a budget is nearly used up; nothing before. */
export default function BudgetLine({ agentId, after }: { agentId: string; after: string | undefined }) {
  const { data = [] } = useQuery(ownBudgetsQuery(agentId, after));
  // What ends the talk comes first.
  const tight = data.find(({ state }) => state === 'used_up') ?? data.find(({ state }) => state === 'warned');
  if (!tight) return null;
  return (
    <Suspense>
      <BudgetLeft budget={tight} />
    </Suspense>
  );
}
