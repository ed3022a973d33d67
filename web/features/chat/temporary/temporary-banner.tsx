import { Button, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Timer } from 'lucide-react';
import { temporaryHours } from '../../../../contract/limits.ts';
import { useTranslation } from '../../../texts/language.ts';
import classes from './temporary.module.css';

/** Says all the time that what is said here is not kept, and on request what is. */
export default function TemporaryBanner({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const [opened, details] = useDisclosure(false);
  return (
    <section className={classes.banner} aria-label={t('everyday.temporary.title')}>
      <Timer size={18} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <h2>{t('everyday.temporary.title')}</h2>
        <p>{t('everyday.temporary.explain', { hours: temporaryHours })}</p>
        <Collapse expanded={opened}>
          <p>{t('everyday.temporary.trail')}</p>
        </Collapse>
        <div className={classes.buttons}>
          <Button size="compact-xs" variant="subtle" color="gray" aria-expanded={opened} onClick={details.toggle}>
            {t('everyday.temporary.more')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={onLeave}>
            {t('everyday.temporary.leave')}
          </Button>
        </div>
      </div>
    </section>
  );
}
