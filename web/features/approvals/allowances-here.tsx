import type { Allowance } from '../../../contract/approvals.ts';
import { useTranslation } from '../../texts/language.ts';
import AllowanceList from './allowance-list.tsx';
import classes from './approvals-page.module.css';

/** Stands over a conversation in which something happens without asking. */
export default function AllowancesHere({ allowances }: { allowances: readonly Allowance[] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.here} role="region" aria-label={t('approvals.allowed')}>
      <p>{t('approvals.allowed')}</p>
      <AllowanceList allowances={allowances} />
    </div>
  );
}
