import { Compass } from 'lucide-react';
import { useTranslation } from '../texts/language.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { StatePage } from '../ui/state-page.tsx';

/** For an address that leads nowhere: the whole page. */
export function NotFoundPage() {
  return (
    <main>
      <NotFound />
    </main>
  );
}

/** In the place of what is gone or not shared. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <StatePage
      illustration={<Compass size={40} strokeWidth={1.5} color="var(--mantine-color-dimmed)" aria-hidden />}
      title={t('errors.notFoundTitle')}
      actions={<ButtonLink to="/">{t('errors.goHome')}</ButtonLink>}
    >
      {t('errors.notFoundBody')}
    </StatePage>
  );
}
