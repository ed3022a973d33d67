import type { unsaved as english } from './en-unsaved.ts';

export const unsaved: typeof english = {
  leaveTitle: '¿Salir sin guardar?',
  leaveBody: 'Ha cambiado algo en esta página que aún no está guardado.',
  leaveConfirm: 'Salir sin guardar',
  stay: 'Quedarse aquí',
  discardTitle: '¿Descartar lo introducido?',
  discardBody: 'Aún no se ha guardado nada.',
};
