import type { FailureDetails } from '../../../../contract/socket.ts';
import { useTranslation } from '../../../texts/language.ts';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { useFormats } from '../../../ui/formats.ts';
import classes from '../transcript.module.css';

/** What to do about an answer that a budget did not let begin, or go on. */
export default function BudgetStep({ details, isAdmin }: { details: FailureDetails | undefined; isAdmin: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const when = details && formats.dateTime(details.resetsAt);
  return (
    <>
      {when && (
        <p className={classes.noticeText}>{t(isAdmin ? 'budgets.own.resets' : 'budgets.own.askAdmin', { when })}</p>
      )}
      {isAdmin && (
        <ButtonLink size="xs" variant="default" to="/usage">
          {t('budgets.own.openBudgets')}
        </ButtonLink>
      )}
    </>
  );
}
