import { useEffect } from 'react';
import { useTranslation } from '../../texts/language.ts';

const mark = /^\(\d+(?: [^\d)]{1,20})?\) /;

/** Puts the number of unread conversations, and of what waits for a decision, in front of the title that a page sets. */
export function useUnreadTitle(unread: number, waiting: number) {
  const { t } = useTranslation();
  const waits = waiting > 0 ? t('shell.waitingTitle', { count: waiting }) : undefined;
  const front = waits ?? (unread > 0 ? String(unread) : undefined);
  useEffect(() => {
    const apply = () => {
      const plain = document.title.replace(mark, '');
      const title = front ? `(${front}) ${plain}` : plain;
      if (document.title !== title) document.title = title;
    };
    apply();
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [front]);
}
