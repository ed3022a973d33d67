import { Hand } from 'lucide-react';
import { useTranslation } from '../../texts/language.ts';

/** The mark of an agent or a conversation in which something waits for the person. */
export function Waits() {
  const { t } = useTranslation();
  return (
    <span style={{ display: 'inline-flex', flex: 'none', color: 'var(--pinchy-accent-text)' }}>
      <Hand size={15} aria-hidden />
      <span className="visually-hidden">{t('shell.waits')}</span>
    </span>
  );
}
