import { Modal, type ModalProps } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { type FocusEvent, type FormEvent, type MouseEvent, useRef, useState } from 'react';
import { askToDiscard } from './ask-to-discard.ts';

interface FormModalProps extends ModalProps {
  /** False while it shows no form, only what came of one. */
  holdsForm?: boolean;
  /** What is saved of a form that stays open: once it changes there is nothing to lose any more. */
  saved?: string | undefined;
}

/**
 * A dialog with a form. Once something was typed or chosen, Escape asks before that is thrown away, and a click beside the
 * dialog does nothing. What closes it by name (Cancel, the cross) does so at once.
 */
export function FormModal({ holdsForm = true, saved, opened, onClose, children, ...modal }: FormModalProps) {
  const root = useRef<HTMLDivElement>(null);
  const [isTouched, setIsTouched] = useState(false);
  const [lastSaved, setLastSaved] = useState(saved);
  if (isTouched && !(opened && holdsForm && saved === lastSaved)) setIsTouched(false);
  if (saved !== lastSaved) setLastSaved(saved);
  const touch = () => setIsTouched(opened && holdsForm);
  // Before anybody acts on it: a list of choices that it closes is gone afterwards.
  const wasElsewhere = useRef(false);
  const noteWhere = ({ target }: KeyboardEvent) => (wasElsewhere.current = isElsewhere(root.current, target));
  useWindowEvent('keydown', noteWhere, { capture: true });
  useWindowEvent('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || !isTouched || wasElsewhere.current) return;
    if (!isElsewhere(root.current, event.target)) void askToDiscard(onClose);
  });
  return (
    <Modal
      {...modal}
      ref={root}
      opened={opened}
      onClose={onClose}
      closeOnEscape={!isTouched}
      closeOnClickOutside={!isTouched && (modal.closeOnClickOutside ?? true)}
      onFocus={({ target }: FocusEvent) => keepFocus(root.current, target)}
      onChange={(event: FormEvent) => {
        if (!isSearch(event.target)) touch();
      }}
      onClick={(event: MouseEvent) => {
        if (event.target instanceof Element && event.target.closest('[role="option"]')) touch();
      }}
    >
      {children}
    </Modal>
  );
}

/**
 * A dialog takes the focus by a timer, twice, to what is marked for it: it would be torn away from somebody who is quick, and
 * a list of choices closed.
 */
function keepFocus(own: HTMLElement | null, target: Element): void {
  if (!own?.contains(target)) return;
  for (const marked of own.querySelectorAll('[data-autofocus]')) marked.removeAttribute('data-autofocus');
  target.setAttribute('data-autofocus', 'true');
}

/** What is looked for is nothing that would be lost. */
const isSearch = (target: EventTarget) => target instanceof HTMLInputElement && target.type === 'search';

/** Whether Escape is for something else: another dialog, or a list of choices that is open. */
function isElsewhere(own: HTMLElement | null, target: EventTarget | null): boolean {
  // It closes this question, which may stand there until it has faded away.
  if (document.querySelector('[data-question] [role="dialog"]')) return true;
  if (!(target instanceof Element)) return false;
  if (target.getAttribute('data-mantine-stop-propagation') === 'true') return true;
  const dialog = target.closest('[role="dialog"]');
  return dialog !== null && !own?.contains(dialog);
}
