import type { ReactNode } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import classes from './reading.module.css';

/** Within the one answer: others have notes of the same numbers. */
function goTo(from: HTMLElement, mark: string) {
  const target = from.closest('[dir]')?.querySelector<HTMLElement>(`[data-note="${mark}"]`);
  target?.focus();
  target?.scrollIntoView({ block: 'nearest' });
}

export function FootnoteReference({ number }: { number: number }) {
  const { t } = useTranslation();
  return (
    <sup>
      <button
        type="button"
        className={classes.footnoteReference}
        data-note={`reference-${number}`}
        aria-label={t('chat.footnote', { number })}
        onClick={(event) => goTo(event.currentTarget, `${number}`)}
      >
        {number}
      </button>
    </sup>
  );
}

export function Footnotes({ notes }: { notes: { number: number; content: ReactNode }[] }) {
  const { t } = useTranslation();
  return (
    <section className={classes.footnotes} aria-label={t('chat.footnotes')}>
      <ol>
        {notes.map(({ number, content }) => (
          <li key={number} tabIndex={-1} data-note={`${number}`}>
            {content}{' '}
            <button
              type="button"
              className={classes.footnoteReference}
              aria-label={t('chat.footnoteBack', { number })}
              onClick={(event) => goTo(event.currentTarget, `reference-${number}`)}
            >
              ↩
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
