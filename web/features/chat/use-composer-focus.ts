import { useRouter } from '@tanstack/react-router';
import { type RefObject, useEffect } from 'react';
import { isTaken } from '../../ui/taken-keys.ts';

/** Without a keyboard of its own, where a focused field brings up one that covers half of the page. */
export const isTouchDevice = () => matchMedia('(pointer: coarse)').matches;

/** The field has the focus when a conversation is opened, and takes it when somebody begins to type anywhere on the page. */
export function useComposerFocus(field: RefObject<HTMLTextAreaElement | null>, isWanted: boolean): void {
  // "New conversation" leads to the same page again where none was begun.
  const router = useRouter();
  useEffect(() => {
    if (!isWanted) return undefined;
    const takeFocus = () => {
      if (!isTouchDevice() && !isTaken(document.activeElement)) focusAtEnd(field.current);
    };
    takeFocus();
    return router.subscribe('onRendered', takeFocus);
  }, [field, router, isWanted]);
  useEffect(() => {
    if (!isWanted) return undefined;
    const handleKey = (event: KeyboardEvent) => {
      // The key itself arrives in the field, because the focus is there before it does anything.
      if (writes(event) && !isTaken(event.target)) field.current?.focus();
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, [field, isWanted]);
}

/** A draft goes on where it ended; browsers begin before it. */
function focusAtEnd(field: HTMLTextAreaElement | null): void {
  if (!field || field === document.activeElement) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

/** A letter, or what pastes. Space presses buttons and scrolls, a question mark shows the shortcuts. */
function writes(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key === 'v' && !event.shiftKey;
  return event.key.length === 1 && event.key !== ' ' && event.key !== '?';
}
