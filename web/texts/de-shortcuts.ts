import type { shortcuts as english } from './en-shortcuts.ts';

/** Texts of the sheet of shortcuts. */
export const shortcuts: typeof english = {
  title: 'Tastenkürzel',
  everywhere: 'Überall',
  inChat: 'In einer Unterhaltung',
  sheet: 'Diese Kürzel zeigen',
  close: 'Schließen, was offen ist',
  type: 'Dem Agenten schreiben, wo immer der Fokus ist',
  newLine: 'Neue Zeile',
  prompts: 'Einen Prompt finden',
  stop: 'Die Antwort anhalten, während Sie im Feld sind',
};
