import type * as english from './en-report.ts';

export const report: typeof english.report = {
  title: 'Informar de un problema',
  description: 'Qué está bien en esta instalación y qué no, para pasarlo a quien le ayude.',
  descriptionMember: 'Cuando algo no funciona.',
  installation: 'Esta instalación',
  installationHint:
    'La página de «pinchy doctor»: versiones, tamaños, cantidades y estados. No contiene secretos, nombres, direcciones ni directorios, así que puede ir a un informe público. Está en inglés.',
  again: 'Examinar de nuevo',
  well: 'No hay nada mal',
  wrong_one: 'Una cosa está mal',
  wrong_other: '{{count}} cosas están mal',
  examined: 'Pinchy {{version}}, examinado el {{date}}',
  copy: 'Copiar el informe',
  copied: 'El informe está copiado',
  download: 'Descargarlo',
  health: {
    well: 'Bien',
    notice: 'Conviene mirarlo',
    wrong: 'Mal',
  },
  ask: 'A quién preguntar',
  askHint:
    'Estas personas administran Pinchy. Cuénteles qué hizo, qué esperaba, qué ocurrió y cuándo; si un mensaje nombraba una solicitud, también su número.',
};
