import { useEffect } from 'react';

const mark = /^\(\d+\) /;

/** Puts the number of unread conversations in front of the title, whichever page sets it. */
export function useUnreadTitle(count: number) {
  useEffect(() => {
    const apply = () => {
      const plain = document.title.replace(mark, '');
      const title = count > 0 ? `(${count}) ${plain}` : plain;
      if (document.title !== title) document.title = title;
    };
    apply();
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [count]);
}
