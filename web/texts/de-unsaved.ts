import type { unsaved as english } from './en-unsaved.ts';

export const unsaved: typeof english = {
  leaveTitle: 'Ohne Speichern verlassen?',
  leaveBody: 'Sie haben auf dieser Seite etwas geändert, das noch nicht gespeichert ist.',
  leaveConfirm: 'Ohne Speichern verlassen',
  stay: 'Hier bleiben',
  discardTitle: 'Eingaben verwerfen?',
  discardBody: 'Nichts davon ist gespeichert.',
};
