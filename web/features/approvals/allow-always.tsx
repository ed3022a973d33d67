import { Button } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from '../../texts/language.ts';
import classes from './proposal.module.css';

/** Approves a call, and its like from now on; says what that means before it is pressed. */
export default function AllowAlways({ disabled, onAllow }: { disabled: boolean; onAllow: () => void }) {
  const { t } = useTranslation();
  const hintId = useId();
  return (
    <div className={classes.always}>
      <Button size="xs" variant="default" disabled={disabled} aria-describedby={hintId} onClick={onAllow}>
        {t('approvals.always')}
      </Button>
      <p id={hintId}>{t('approvals.alwaysHint')}</p>
    </div>
  );
}
