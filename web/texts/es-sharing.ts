import type { sharing as english } from './en-sharing.ts';

export const sharing: typeof english = {
  title: 'Compartir esta conversación',
  off: 'Compartir conversaciones está desactivado. Un admin puede permitirlo en Ajustes → Conversaciones.',
  intro:
    'Quienes usted nombre pueden leer lo que se ha dicho hasta ahora y los archivos que adjuntó. Lo que diga después se queda con usted hasta que actualice el enlace.',
  rights:
    'Solo quienes pueden usar {{agent}} pueden leerla, mientras puedan. Pueden copiar lo que se dijo y seguir por su cuenta; las copias se quedan cuando deja de compartir.',
  readers: 'Quién puede leerla',
  search: 'Buscar personas y grupos',
  group: 'Grupo',
  nobody: 'No se encontró a nadie que pueda usar este agente.',
  share: 'Compartir',
  saved: 'Guardado',
  linkHint: 'Envíeles este enlace. No se abre para nadie más.',
  state_one: 'Compartida el {{date}}: se muestra un mensaje.',
  state_other: 'Compartida el {{date}}: se muestran {{count}} mensajes.',
  refresh: 'Mostrar lo que se dijo desde entonces',
  refreshed: 'El enlace muestra la conversación como es ahora',
  stop: 'Dejar de compartir',
  stopQuestion: '¿Dejar de compartir esta conversación?',
  stopBody:
    'Nadie de quienes indicó podrá leerla. El enlace deja de valer para siempre: si la comparte de nuevo, habrá otro. Las copias se quedan.',
  stopped: 'El enlace ya no vale. Nadie puede leer la conversación.',

  pageTitle: 'Conversación compartida',
  by: '{{owner}} compartió esta conversación con {{agent}} el {{date}}.',
  aiNotice: '{{agent}} es una IA. Sus respuestas se dieron a {{owner}} y pueden ser erróneas: compruebe lo importante.',
  copy: 'Copiar y seguir',
  copyHint:
    'Una copia de lo dicho pasa a ser una conversación suya, sin archivos y sin lo que leyeron las herramientas.',
  copied: 'Esta es su copia. Lo que diga aquí solo lo ve usted.',
  gone: 'Esta conversación no se puede leer',
  goneBody: 'Quizá ya no se comparte con usted, o no puede usar su agente. Pregunte a quien le envió el enlace.',
  more_one: 'Mostrar un mensaje más',
  more_other: 'Mostrar {{count}} mensajes más',
  transcript: 'Lo que se dijo',
  withheld: 'Fuente {{number}}: no disponible para usted',
  toolCall: '{{tool}}: {{state}}',

  setting: {
    title: 'Compartir conversaciones',
    hint: 'Se puede dar a colegas un enlace para leer una conversación propia. Solo lo abre quien está nombrado y puede usar el agente.',
    allow: 'Permitir compartir conversaciones',
    on: 'Desde ahora se pueden compartir conversaciones',
    off: 'Ya no se puede leer ninguna conversación compartida',
    moved: 'Si se pueden compartir conversaciones se decide en Conversaciones.',
    offHint: 'Desactivado, ningún enlace vale, de inmediato. Activado otra vez, valen los que no se terminaron.',
  },
};
