import type { LucideIcon } from 'lucide-react';
import { useTranslation } from '../texts/language.ts';
import { ButtonLink } from './button-link.tsx';
import { StatePage } from './state-page.tsx';

/** In the place of a page that somebody cannot have, with the way to those that they can. */
export function DeadEnd({ picture: Picture, says }: { picture: LucideIcon; says: 'notFound' | 'notAllowed' }) {
  const { t } = useTranslation();
  return (
    <StatePage
      illustration={<Picture size={40} strokeWidth={1.5} color="var(--mantine-color-dimmed)" aria-hidden />}
      title={t(`errors.${says}Title`)}
      actions={<ButtonLink to="/">{t('errors.goHome')}</ButtonLink>}
    >
      {t(`errors.${says}Body`)}
    </StatePage>
  );
}
