import { Lock } from 'lucide-react';
import { useTranslation } from '../texts/language.ts';
import { ButtonLink } from './button-link.tsx';
import { StatePage } from './state-page.tsx';

/** In the place of a page for admins. */
export function NotAllowed() {
  const { t } = useTranslation();
  return (
    <StatePage
      illustration={<Lock size={40} strokeWidth={1.5} color="var(--mantine-color-dimmed)" aria-hidden />}
      title={t('errors.notAllowedTitle')}
      actions={<ButtonLink to="/">{t('errors.goHome')}</ButtonLink>}
    >
      {t('errors.notAllowedBody')}
    </StatePage>
  );
}
