import type { shortcuts as english } from './en-shortcuts.ts';

/** Texts of the sheet of shortcuts. */
export const shortcuts: typeof english = {
  title: 'Atajos de teclado',
  everywhere: 'En todas partes',
  inChat: 'En una conversación',
  sheet: 'Mostrar estos atajos',
  close: 'Cerrar lo que está abierto',
  type: 'Escribir al agente, esté donde esté el cursor',
  newLine: 'Línea nueva',
  prompts: 'Encontrar un prompt',
  stop: 'Detener la respuesta, desde el campo de texto',
};
