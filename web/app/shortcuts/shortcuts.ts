import type { TextKey } from '../../texts/translate.ts';

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const modKey = isApple ? '⌘' : 'Ctrl';

export interface Shortcut {
  keys: readonly string[];
  does: TextKey;
}

/** What the sheet lists; each is handled where it acts. */
export const shortcuts: readonly { title: TextKey; entries: readonly Shortcut[] }[] = [
  {
    title: 'shortcuts.everywhere',
    entries: [
      { keys: [modKey, 'K'], does: 'palette.title' },
      { keys: ['?'], does: 'shortcuts.sheet' },
      { keys: ['Esc'], does: 'shortcuts.close' },
    ],
  },
  {
    title: 'shortcuts.inChat',
    entries: [
      { keys: [modKey, 'Shift', 'O'], does: 'chat.newConversation' },
      { keys: ['A … Z'], does: 'shortcuts.type' },
      { keys: ['/'], does: 'shortcuts.prompts' },
      { keys: ['Enter'], does: 'chat.send' },
      { keys: ['Shift', 'Enter'], does: 'shortcuts.newLine' },
      { keys: ['Esc'], does: 'shortcuts.stop' },
    ],
  },
];
