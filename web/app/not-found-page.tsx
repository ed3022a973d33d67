import { Compass } from 'lucide-react';
import { useTranslation } from '../texts/language.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { StatePage } from '../ui/state-page.tsx';

export function NotFoundPage() {
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
