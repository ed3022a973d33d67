import { useState } from 'react';
import { copyText } from './copy-text.ts';

/** Copies, and tells for a moment that it did. */
export function useCopy(): { copied: boolean; copy: (text: string) => Promise<boolean> } {
  const [copied, setCopied] = useState(false);
  return {
    copied,
    async copy(text) {
      const done = await copyText(text);
      setCopied(done);
      setTimeout(() => setCopied(false), 2_500);
      return done;
    },
  };
}
