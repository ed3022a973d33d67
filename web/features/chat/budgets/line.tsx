import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { withPageTexts } from '../../../texts/language.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import type { ConversationAddress } from '../conversation-address.ts';
import type { ConversationState } from '../conversation-types.ts';
import { ownBudgetsQuery } from './own-budgets-query.ts';

const BudgetLeft = lazyPart(() => withPageTexts(() => import('./budget-left.tsx')));

/** A quiet line over the composer once a budget is nearly used up; nothing before. */
export default function BudgetLine({ address, state }: { address: ConversationAddress; state: ConversationState }) {
  const { data = [] } = useQuery(ownBudgetsQuery(address.agentId, state.endedRuns.at(-1)));
  // What ends the talk comes first.
  const tight = data.find((budget) => budget.state === 'used_up') ?? data.find((budget) => budget.state === 'warned');
  if (!tight) return null;
  return (
    <Suspense>
      <BudgetLeft budget={tight} />
    </Suspense>
  );
}
