import { type FocusEvent, type KeyboardEvent, type RefObject, Suspense, useRef, useState } from 'react';
import { withPageTexts } from '../../../texts/language.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { findSlash, type Slash } from './find-slash.ts';
import { promptListId } from './prompt-list-id.ts';
import type { PromptPickerHandle } from './prompt-picker.tsx';

// Comes with the first slash.
const PromptPicker = lazyPart(async () => ({
  default: (await withPageTexts(() => import('./prompt-picker.tsx'))).PromptPicker,
}));

interface PromptsOptions {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  setText: (text: string) => void;
}

/** A `/` in the composer opens the list of prompts; the chosen one takes its place. */
export function usePrompts({ field, text, setText }: PromptsOptions) {
  const picker = useRef<PromptPickerHandle>(null);
  const [slash, setSlash] = useState<Slash>();
  const [active, setActive] = useState<string>();

  function insert(chosen: string): void {
    if (!slash) return;
    setText(text.slice(0, slash.start) + chosen + text.slice(slash.end));
    setSlash(undefined);
    const caret = slash.start + chosen.length;
    // Once the text is there, and a dialog has given the focus back.
    setTimeout(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  }

  return {
    /** Whether the key was for the list. */
    handleKey: (event: KeyboardEvent) => picker.current?.handleKey(event) ?? false,
    props: {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': active ? promptListId : undefined,
      'aria-activedescendant': active,
      /** Somebody went on elsewhere, and not to the form that the chosen prompt opens. */
      onBlur: ({ relatedTarget }: FocusEvent) => {
        if (!relatedTarget?.closest('[role="dialog"]')) setSlash(undefined);
      },
      /** A caret that was moved away looks for nothing any more. */
      onSelect: ({ currentTarget: { value, selectionStart } }: { currentTarget: HTMLTextAreaElement }) => {
        if (slash && findSlash(value, selectionStart)?.start !== slash.start) setSlash(undefined);
      },
    } as const,
    look: ({ value, selectionStart }: HTMLTextAreaElement) => setSlash(findSlash(value, selectionStart)),
    close: () => setSlash(undefined),
    list: slash && (
      <Suspense>
        <PromptPicker
          ref={picker}
          query={slash.query}
          onActive={setActive}
          onChoose={insert}
          onClose={() => setSlash(undefined)}
        />
      </Suspense>
    ),
  };
}
