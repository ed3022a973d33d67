import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { setupStatusQuery } from '../../features/session/session-queries.ts';
import { useSignOut } from '../../features/session/use-sign-out.ts';
import { useTranslation } from '../../texts/language.ts';
import classes from './shell.module.css';

/** Says on every page of the demo that it is one, and leads back to the choice of people. */
export function DemoBanner() {
  const { t } = useTranslation();
  const { data: status } = useQuery(setupStatusQuery);
  const isWide = useMediaQuery('(min-width: 62em)');
  const leave = useSignOut();
  if (!status?.demo) return null;
  return (
    <aside className={classes.demo} aria-label={t('demo.title')}>
      <span className={classes.demoText} title={t('demo.banner')}>
        {t(isWide ? 'demo.banner' : 'demo.bannerShort')}
      </span>
      <Button size="compact-xs" variant="default" flex="none" onClick={() => void leave()}>
        {t('demo.switch')}
      </Button>
    </aside>
  );
}
