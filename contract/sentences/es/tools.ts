import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of tools, in Spanish. */
export const tools: Sentences = {
  'Only administrators can change the context of the organisation.':
    'Solo los administradores pueden cambiar el contexto de la organización.',
  'The context must not be empty.': 'El contexto no puede estar vacío.',
  'The input is not valid. {{reason}}': 'La entrada no es válida. {{reason}}',
  'The input must be one JSON object, but it was not valid JSON.':
    'La entrada debe ser un objeto JSON, pero no era JSON válido.',
  '{{name}} is not a directory under /data/.': '{{name}} no es un directorio por debajo de /data/.',
  '{{name}} is hidden.': '{{name}} está oculto.',
  'Too many documents are being read at the moment. Try again in a moment.':
    'Se están leyendo demasiados documentos en este momento. Vuelva a intentarlo enseguida.',
  'Too many large documents are being read at the moment. Try again in a moment.':
    'Se están leyendo demasiados documentos grandes en este momento. Vuelva a intentarlo enseguida.',
  '{{path}} has {{Math}} MB; documents can be read up to 50 MB.':
    '{{path}} tiene {{Math}} MB; se pueden leer documentos de hasta 50 MB.',
  '{{path}} could not be read within {{Math}} seconds.': '{{path}} no se ha podido leer en {{Math}} segundos.',
  'Listed 1 directory': '1 directorio listado',
  'Listed {{count}} directories': '{{count}} directorios listados',
  '{{path}} has 1 entry; offset {{offset}} is beyond its end.':
    '{{path}} tiene 1 entrada; offset {{offset}} queda más allá del final.',
  '{{path}} has {{count}} entries; offset {{offset}} is beyond its end.':
    '{{path}} tiene {{count}} entradas; offset {{offset}} queda más allá del final.',
  'Listed 1 entry of {{path}}': '1 entrada de {{path}} listada',
  'Listed {{count}} entries of {{path}}': '{{count}} entradas de {{path}} listadas',
  '{{path}} is not a file that can be read. If it is a directory, list it with pinchy_ls.':
    '{{path}} no es un archivo que se pueda leer. Si es un directorio, se lista con pinchy_ls.',
  '{{path}} is not a directory. Read it with pinchy_read.': '{{path}} no es un directorio. Se lee con pinchy_read.',
  'There is nothing at {{path}}.': 'No hay nada en {{path}}.',
  '{{path}} cannot be opened: the server has no permission to read it, or the disk failed.':
    '{{path}} no se puede abrir: el servidor no tiene permiso para leerlo, o el disco ha fallado.',
  'There is no {{what}} in {{directory}}. There: {{list}}{{more}}.':
    'No hay {{what}} en {{directory}}. Allí hay: {{list}}{{more}}.',
  'There is no {{what}} in {{directory}}.': 'No hay {{what}} en {{directory}}.',
  'There is no {{what}}: {{directory}} is empty.': 'No hay {{what}}: {{directory}} está vacío.',
  '{{directory}} does not exist on the server.': '{{directory}} no existe en el servidor.',
  '{{path}} has no pages; go through it with offset and limit, or search with find.':
    '{{path}} no tiene páginas; se recorre con offset y limit, o se busca con find.',
  '{{path}} has 1 page; there is no page {{page}}.': '{{path}} tiene 1 página; no hay página {{page}}.',
  '{{path}} has {{count}} pages; there is no page {{page}}.':
    '{{path}} tiene {{count}} páginas; no hay página {{page}}.',
  'Page {{page}} of {{path}} could not be read in time.':
    'La página {{page}} de {{path}} no se ha podido leer a tiempo.',
  'Page {{page}} of {{path}} has 1 line; offset {{start}} is beyond it.':
    'La página {{page}} de {{path}} tiene 1 línea; offset {{start}} queda más allá.',
  'Page {{page}} of {{path}} has {{count}} lines; offset {{start}} is beyond it.':
    'La página {{page}} de {{path}} tiene {{count}} líneas; offset {{start}} queda más allá.',
  'Read page {{first}} of {{totalPages}} of {{path}}': 'Leída la página {{first}} de {{totalPages}} de {{path}}',
  'Read pages {{first}}-{{last}} of {{totalPages}} of {{path}}':
    'Leídas las páginas {{first}}-{{last}} de {{totalPages}} de {{path}}',
  '{{path}} has 1 line; offset {{first}} is beyond its end.':
    '{{path}} tiene 1 línea; offset {{first}} queda más allá del final.',
  '{{path}} has {{count}} lines; offset {{first}} is beyond its end.':
    '{{path}} tiene {{count}} líneas; offset {{first}} queda más allá del final.',
  'Read 1 line of {{path}}': '1 línea de {{path}} leída',
  'Read {{count}} lines of {{path}}': '{{count}} líneas de {{path}} leídas',
  '{{virtualPath}} is a directory. List it with pinchy_ls.':
    '{{virtualPath}} es un directorio. Se lista con pinchy_ls.',
  '{{path}} has no pages; use offset and limit.': '{{path}} no tiene páginas; se usan offset y limit.',
  '{{path}} is an image of {{size}}; images can be seen up to 5 MB.':
    '{{path}} es una imagen de {{size}}; se pueden ver imágenes de hasta 5 MB.',
  'Looked at {{path}}': '{{path}} visto',
  'Searched {{path}}: 1 match': 'Búsqueda en {{path}}: 1 resultado',
  'Searched {{path}}: {{count}} matches': 'Búsqueda en {{path}}: {{count}} resultados',
  'The file is larger than {{limitBytes}} bytes.': 'El archivo es mayor de {{limitBytes}} bytes.',
  'A path can have {{maxPathLength}} characters at most.':
    'Una ruta puede tener como máximo {{maxPathLength}} caracteres.',
  'Hidden files and directories ({{hidden}}) cannot be read.':
    'Los archivos y directorios ocultos ({{hidden}}) no se pueden leer.',
  'You may not read any directory of the organisation’s documents.':
    'No puede leer ningún directorio de los documentos de la organización.',
  'Found {{passages}} passage': '{{passages}} pasaje encontrado',
  'Found {{passages}} passages': '{{passages}} pasajes encontrados',
  '{{path}} is not part of the index. Read files of the chat with pinchy_read; its find looks for words in them.':
    '{{path}} no forma parte del índice. Los archivos del chat se leen con pinchy_read; su find busca palabras en ellos.',
  'The call was stopped.': 'La llamada se detuvo.',
  '{{title}} did not finish within {{timeLimit}}.': '{{title}} no terminó en {{timeLimit}}.',
  'The server stopped during the call: it is not known whether it happened.':
    'El servidor se detuvo durante la llamada: no se sabe si se hizo.',
  'Could not be recorded': 'No se ha podido registrar',
  'The call is not allowed.': 'La llamada no está permitida.',
  'Invalid input': 'Entrada no válida',
  '{{title}} changed since this call was asked for. Ask for it again.':
    '{{title}} ha cambiado desde que se pidió esta llamada. Hay que pedirla de nuevo.',
  '{{title}} failed because of a fault in Pinchy.': '{{title}} ha fallado por un defecto de Pinchy.',
  'This person may not use this agent.': 'Esta persona no puede usar este agente.',
  'There is no tool with this name.': 'No existe ninguna herramienta con este nombre.',
  'This tool is not granted to this agent.': 'Esta herramienta no se ha concedido a este agente.',
  'This tool is for personal agents only.': 'Esta herramienta es solo para agentes personales.',
  'This tool was not offered in this step.': 'Esta herramienta no se ofreció en este paso.',
  'Brave Search did not answer: {{message}}': 'Brave Search no ha respondido: {{message}}',
  'Brave Search answered with status {{status}} and no JSON.':
    'Brave Search ha respondido con el estado {{status}} y sin JSON.',
  'Brave Search refused the API key.': 'Brave Search ha rechazado la clave de API.',
  'The Brave Search plan has no searches left in this period.':
    'Al plan de Brave Search no le quedan búsquedas en este periodo.',
  'Too many searches at once. Wait a few seconds, then try again.':
    'Demasiadas búsquedas a la vez. Espere unos segundos y vuelva a intentarlo.',
  'Brave Search did not accept the search: {{detail}}': 'Brave Search no ha aceptado la búsqueda: {{detail}}',
  'Brave Search failed with status {{status}}. Try again later.':
    'Brave Search ha fallado con el estado {{status}}. Vuelva a intentarlo más tarde.',
  'This agent may not read {{hostname}}.': 'Este agente no puede leer {{hostname}}.',
  'This agent may not read {{hostname}}. It may read: {{allowed}}.':
    'Este agente no puede leer {{hostname}}. Puede leer: {{allowed}}.',
  '{{path}} has no text, only pictures of its pages (a scan), and pictures cannot be read here.':
    '{{path}} no tiene texto, solo imágenes de sus páginas (un escaneo), y aquí no se pueden leer imágenes.',
  '{{host}} asks programs not to read this page (robots.txt), so it was not read.':
    '{{host}} pide a los programas que no lean esta página (robots.txt), así que no se ha leído.',
  '{{origin}} does not answer for its rules for programs (robots.txt), so nothing was read from it.':
    '{{origin}} no responde con sus reglas para programas (robots.txt), así que no se ha leído nada de allí.',
  'No web search connection is enabled for this agent.':
    'No hay ninguna conexión de búsqueda web activada para este agente.',
  'Found {{lines}} web result': '{{lines}} resultado web encontrado',
  'Found {{lines}} web results': '{{lines}} resultados web encontrados',
  'Too many pages are being read at the moment. Try again in a moment.':
    'Se están leyendo demasiadas páginas en este momento. Vuelva a intentarlo enseguida.',
  'The page has {{text}} characters; offset {{offset}} is beyond its end.':
    'La página tiene {{text}} caracteres; offset {{offset}} queda más allá del final.',
  'Read {{host}}{{pathname}}': '{{host}}{{pathname}} leído',
  '{{host}} answered with status {{status}}{{status2}}.': '{{host}} ha respondido con el estado {{status}}{{status2}}.',
  'The address leads to a file of the type {{media}}, which cannot be read as text.':
    'La dirección lleva a un archivo del tipo {{media}}, que no se puede leer como texto.',
  '{{path}} leads by a link out of the directories this agent may read: {{named}}.':
    '{{path}} lleva por un enlace fuera de los directorios que este agente puede leer: {{named}}.',
  '{{path}} lies outside the directories this agent may read: {{named}}.':
    '{{path}} está fuera de los directorios que este agente puede leer: {{named}}.',
  'An admin can name its host in the permissions of this agent.':
    'Un administrador puede indicar su host en los permisos de este agente.',
  'Others wait for a document.': 'Otros esperan un documento.',
  'What this call is about has changed since it was asked for ({{changes}}), so it was not made. Look at it again, and ask again if it is still wanted.':
    'Aquello de lo que trata esta llamada ha cambiado desde que se pidió ({{changes}}), así que no se hizo. Hay que mirarlo de nuevo y volver a pedirla si aún se desea.',
  'What this call is about has changed since it was asked for, so it was not made. Look at it again, and ask again if it is still wanted.':
    'Aquello de lo que trata esta llamada ha cambiado desde que se pidió, así que no se hizo. Hay que mirarlo de nuevo y volver a pedirla si aún se desea.',
};
