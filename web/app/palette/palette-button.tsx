import { useHotkeys } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation, withPageTexts } from '../../texts/language.ts';
import classes from '../shell/sidebar.module.css';
import { lazyPart } from '../../ui/import-part.ts';

/** It names the settings, whose texts are not there from the start. */
const load = () => withPageTexts(() => import('./command-palette.tsx'));
const CommandPalette = lazyPart(load);

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the command palette, as Ctrl-K does everywhere, also in fields. */
export function PaletteButton() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  if (opened && !wanted) setWanted(true);
  useHotkeys([['mod+K', () => setOpened((before) => !before)]], []);
  return (
    <>
      <button
        type="button"
        className={classes.jump}
        aria-haspopup="dialog"
        aria-keyshortcuts={isApple ? 'Meta+K' : 'Control+K'}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setOpened(true)}
      >
        <Search size={15} aria-hidden />
        {t('palette.jump')}
        <kbd aria-hidden>{isApple ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      {wanted && (
        <Suspense>
          <CommandPalette opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}
