import { useEffect, useRef, useState } from 'react';
import { translate } from '../texts/language.ts';
import { copyText } from './copy-text.ts';
import { notifyProblem } from './notify.ts';

/** Copies, says for a moment that it did, and says so where it could not. */
export function useCopy(shownMs = 2_500): { copied: boolean; copy: (text: string) => Promise<boolean> } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    copied,
    async copy(text) {
      const done = await copyText(text);
      if (!done) notifyProblem(translate('common.copyFailed'));
      setCopied(done);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), shownMs);
      return done;
    },
  };
}
