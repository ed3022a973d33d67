import type { unsaved as english } from './en-unsaved.ts';

export const unsaved: typeof english = {
  leaveTitle: 'Quitter sans enregistrer ?',
  leaveBody: 'Vous avez modifié quelque chose sur cette page qui n’est pas encore enregistré.',
  leaveConfirm: 'Quitter sans enregistrer',
  stay: 'Rester ici',
  discardTitle: 'Abandonner votre saisie ?',
  discardBody: 'Rien n’en a été enregistré.',
};
