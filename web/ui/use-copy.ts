import { useEffect, useRef, useState } from 'react';
import { copyText } from './copy-text.ts';

/** Copies, and tells for a moment that it did. */
export function useCopy(shownMs = 2_500): { copied: boolean; copy: (text: string) => Promise<boolean> } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    copied,
    async copy(text) {
      const done = await copyText(text);
      setCopied(done);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), shownMs);
      return done;
    },
  };
}
