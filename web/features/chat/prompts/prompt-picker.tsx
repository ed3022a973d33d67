import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useState } from 'react';
import { fillPrompt, promptFields } from '../../../../contract/prompt-fields.ts';
import type { Prompt } from '../../../../contract/prompts.ts';
import { useTranslation } from '../../../texts/language.ts';
import { scrollIntoView } from '../../../ui/scroll-into-view.ts';
import { searchPalette } from '../../../ui/palette-search.ts';
import { promptsQuery } from '../../prompts/prompt-queries.ts';
import { FillPromptDialog } from './fill-prompt-dialog.tsx';
import classes from './prompts.module.css';
import { optionId, promptListId } from './prompt-list-id.ts';

export interface PromptPickerHandle {
  /** Whether the key was for the list. */
  handleKey(event: KeyboardEvent): boolean;
}

interface PromptPickerProps {
  ref: Ref<PromptPickerHandle>;
  /** What was typed behind the slash. */
  query: string;
  /** Tells which option a press of Enter would take; undefined while nothing is listed. */
  onActive: (option: string | undefined) => void;
  onChoose: (text: string) => void;
  onClose: () => void;
}

const noPrompts: Prompt[] = [];

/** The list that a `/` opens above the composer, and the form that asks for what the chosen prompt leaves open. */
export function PromptPicker({ ref, query, onActive, onChoose, onClose }: PromptPickerProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data = noPrompts, isError } = useQuery(promptsQuery);
  const [filling, setFilling] = useState<Prompt>();
  const [active, setActive] = useState({ query, index: 0 });
  const found = searchPrompts(data, query);
  const options: readonly (Prompt | 'manage')[] = query === '' ? [...found, 'manage'] : found;
  const index = active.query === query ? Math.min(active.index, options.length - 1) : 0;
  const isListed = options.length > 0 && !filling;
  const activeOption = isListed ? optionId(index) : undefined;
  useEffect(() => onActive(activeOption), [onActive, activeOption]);
  useEffect(() => () => onActive(undefined), [onActive]);

  function choose(option: Prompt | 'manage' | undefined) {
    if (!option) return;
    if (option === 'manage') void navigate({ to: '/settings', search: { section: 'prompts' } });
    else if (promptFields(option.text).length > 0) setFilling(option);
    else onChoose(option.text);
  }

  useImperativeHandle(ref, () => ({
    handleKey(event) {
      if (!isListed || event.nativeEvent.isComposing || event.keyCode === 229) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) setActive({ query, index: (index + step + options.length) % options.length });
      else if (event.key === 'Escape') onClose();
      else if ((event.key === 'Enter' && !event.shiftKey) || (event.key === 'Tab' && !event.shiftKey))
        choose(options[index]);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  }));

  if (filling)
    return (
      <FillPromptDialog
        prompt={filling}
        onFilled={(values) => onChoose(fillPrompt(filling.text, values))}
        onClose={onClose}
      />
    );
  if (!isListed) return null;
  return (
    <div className={classes.panel}>
      {isError && <p className={classes.note}>{t('prompts.failed')}</p>}
      <div id={promptListId} role="listbox" aria-label={t('prompts.list')} className={classes.options}>
        {options.map((option, at) => (
          // Keys are handled by the composer, which keeps the focus.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={option === 'manage' ? option : option.id}
            id={optionId(at)}
            ref={at === index ? scrollIntoView : undefined}
            role="option"
            aria-selected={at === index}
            className={classes.option}
            // The composer keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive({ query, index: at })}
            onClick={() => choose(option)}
          >
            {option === 'manage' ? (
              <span className={classes.manage}>{t('prompts.manage')}</span>
            ) : (
              <>
                <span className={classes.name}>{option.name}</span>
                {option.library === 'organisation' && (
                  <span className={classes.library}>{t('prompts.ofOrganisation')}</span>
                )}
                <span className={classes.excerpt}>{option.text}</span>
              </>
            )}
          </div>
        ))}
      </div>
      <output className={classes.hidden}>{t('prompts.found', { count: found.length })}</output>
    </div>
  );
}

/** By name first, then by what they say. */
function searchPrompts(prompts: readonly Prompt[], query: string): Prompt[] {
  const items = prompts.map((prompt) => ({ prompt, id: prompt.id, label: prompt.name, kind: prompt.text }));
  return searchPalette(items, query).map(({ prompt }) => prompt);
}
