import type { shortcuts as english } from './en-shortcuts.ts';

/** Texts of the sheet of shortcuts. */
export const shortcuts: typeof english = {
  title: 'Raccourcis clavier',
  everywhere: 'Partout',
  inChat: 'Dans une conversation',
  sheet: 'Afficher ces raccourcis',
  close: 'Fermer ce qui est ouvert',
  type: 'Écrire à l’agent, où que soit le curseur',
  newLine: 'Nouvelle ligne',
  prompts: 'Trouver un prompt',
  stop: 'Arrêter la réponse, depuis le champ de saisie',
};
