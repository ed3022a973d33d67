import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Budget } from '../../../../contract/budgets.ts';
import { useTranslation } from '../../../texts/language.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { keepInViewIfLinked } from '../../../ui/keep-in-view.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { BudgetDialog } from './budget-dialog.tsx';
import { budgetsHash } from './budgets-hash.ts';
import { budgetsQuery } from './budget-queries.ts';
import { BudgetRow } from './budget-row.tsx';
import classes from './budgets.module.css';
import { RaiseDialog } from './raise-dialog.tsx';

/** For whoever was sent to them: other things stand above. */
const showIfAskedFor = (element: HTMLElement | null) => keepInViewIfLinked(budgetsHash, element);

/** What may be spent, what of it was, and the means to change that. */
export default function BudgetsSection() {
  const { t } = useTranslation();
  const query = useQuery(budgetsQuery);
  /** Null for a new one. */
  const [edited, setEdited] = useState<Budget | null>();
  const [raised, setRaised] = useState<Budget>();
  return (
    <div ref={showIfAskedFor} className={classes.section}>
      <Section
        title={t('budgets.title')}
        description={
          <>
            {t('budgets.hint')} {t('budgets.unpricedHint')}
          </>
        }
        actions={
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setEdited(null)}>
            {t('budgets.add')}
          </Button>
        }
      >
        <QueryState query={query}>
          {(budgets) =>
            budgets.length === 0 ? (
              <EmptyState picture="usage" title={t('budgets.none')}>
                {t('budgets.noneBody')}
              </EmptyState>
            ) : (
              <ul className={classes.list} aria-label={t('budgets.list')}>
                {budgets.map((budget) => (
                  <BudgetRow key={budget.id} budget={budget} onEdit={setEdited} onRaise={setRaised} />
                ))}
              </ul>
            )
          }
        </QueryState>
        {edited !== undefined && <BudgetDialog budget={edited} onClose={() => setEdited(undefined)} />}
        {raised && <RaiseDialog budget={raised} onClose={() => setRaised(undefined)} />}
      </Section>
    </div>
  );
}
