import { Modal } from '@mantine/core';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { focusOnMount } from '../../ui/focus-on-mount.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { scrollIntoView } from '../../ui/scroll-into-view.ts';
import classes from './command-palette.module.css';
import { searchPalette } from '../../ui/palette-search.ts';
import { useConversationHits } from './use-conversation-hits.tsx';
import { type PaletteTarget, usePaletteItems } from './use-palette-items.tsx';

interface CommandPaletteProps {
  opened: boolean;
  onClose: () => void;
}

/** Jumps to agents, conversations, pages and settings by a few letters. */
export default function CommandPalette({ opened, onClose }: CommandPaletteProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      padding={0}
      size={560}
      transitionProps={{ duration: 80 }}
      attributes={{ content: { 'aria-label': t('palette.title') } }}
    >
      <Finder onDone={onClose} />
    </Modal>
  );
}

/** A combobox as the ARIA practices describe it: the focus stays in the field, arrows move through the list. */
function Finder({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const hits = useConversationHits(query);
  const found = [...searchPalette(usePaletteItems(), query), ...hits];
  const current = Math.min(chosen, found.length - 1);
  const optionId = (index: number) => `${listId}-${index}`;
  const open = (target: PaletteTarget | undefined) => {
    if (!target) return;
    onDone();
    void target.go();
  };
  const handleKey = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: -1 };
    const move = moves[event.key];
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) open(found[current]);
    else if (move !== undefined && found.length > 0) setChosen((move + found.length) % found.length);
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.finder}>
      <div className={classes.field}>
        <Search size={18} aria-hidden />
        <input
          ref={focusOnMount}
          data-autofocus
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? optionId(current) : undefined}
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={handleKey}
        />
      </div>
      <div id={listId} role="listbox" aria-label={t('palette.results')} className={classes.list}>
        {found.map((target, index) => (
          // Keys are handled by the field, which keeps the focus.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={target.id}
            id={optionId(index)}
            ref={index === current ? scrollIntoView : undefined}
            role="option"
            aria-selected={index === current}
            className={classes.option}
            onPointerMove={() => setChosen(index)}
            onClick={() => open(target)}
          >
            <span className={classes.icon} aria-hidden>
              {target.icon}
            </span>
            <span className={classes.label}>
              {target.words ? <MarkedText text={target.label} words={target.words} lead={8} /> : target.label}
            </span>
            <span className={classes.kind}>{target.kind}</span>
          </div>
        ))}
      </div>
      <p className={classes.none} role="status">
        {found.length === 0 && t('palette.none', { query: query.trim() })}
      </p>
    </div>
  );
}
