import type { PlaceParts } from '../../../contract/place-parts.ts';
import type { UntakenKind } from './message-words.ts';
import type { commands as englishCommands, TelegramTexts } from './texts.ts';

const minutesOf = (minutes: number) => (minutes === 1 ? 'un minuto' : `${minutes} minutos`);

const untaken: Record<UntakenKind, string> = {
  gif: 'un GIF',
  voice: 'un mensaje de voz',
  audio: 'un archivo de audio',
  video: 'un vídeo',
  sticker: 'un sticker',
  story: 'una historia',
  paidMedia: 'contenido de pago',
  game: 'un juego',
  invoice: 'una factura de Telegram',
  unknown: 'este tipo de mensaje',
};

export const texts: TelegramTexts = {
  pair: (code, minutes) =>
    `¡Hola! Para hablar conmigo aquí, abra Pinchy, vaya a Ajustes → Telegram e introduzca este código en ${minutesOf(minutes)}: <code>${code}</code>`,
  pairLater: (minutes) =>
    `Ha recibido varios códigos últimamente. Vuelva a escribirme dentro de ${minutesOf(minutes)} para recibir otro.`,
  linked:
    'Su cuenta de Telegram está vinculada. Aquí habla con una IA, que puede equivocarse: compruebe lo importante. Escríbame cuando quiera; /help muestra lo que entiendo.',
  welcome: (agent) =>
    `¡Hola! Aquí ${agent}, una IA, que puede equivocarse: compruebe lo importante. Escríbame como en el navegador; es la misma conversación.`,
  refused: 'Lo siento, aquí no puedo ayudarle. Pregunte a un administrador de su Pinchy si cree que debería.',
  group: 'Lo siento, solo hablo en chats privados. Escríbame directamente.',
  begun: 'Empieza una conversación nueva. La anterior queda en el navegador.',
  stopped: 'Detenido.',
  idle: 'No hay nada en marcha.',
  recording: 'Lo siento, no puedo escuchar ni ver grabaciones. Leo texto, fotos y documentos.',
  untaken: (kind) =>
    `Lo siento, no puedo aceptar ${untaken[kind]}, ni grabaciones. Leo texto, fotos, documentos, lugares, contactos y encuestas.`,
  edited: 'He editado un mensaje. Ahora dice:',
  editedCommand:
    'Un comando vale cuando se envía, no cuando un mensaje se convierte en uno. Envíelo como mensaje nuevo.',
  fileRefused: 'Lo siento, no puedo acceder a un archivo que ha enviado. Súbalo en el navegador.',
  fileUnreachable: (filename) =>
    `Lo siento, Telegram no ha entregado el archivo ${filename}. Envíelo de nuevo más tarde, o súbalo en el navegador.`,
  unread:
    'No tengo ninguna herramienta para leer archivos: conozco sus nombres, y nada de lo que contienen. Las imágenes se me pueden mostrar.',
  tooLarge: 'Lo siento, un archivo en Telegram puede tener 20 MB como máximo. Súbalo en el navegador.',
  lost: 'Lo siento, algo ha ido mal con su mensaje. Envíelo de nuevo, por favor.',
  button: 'Esto ya no espera una respuesta.',
  approve: 'Aprobar',
  deny: 'Rechazar',
  askToDecide: (minutes) => `¿Debo hacerlo? Decida en ${minutesOf(minutes)}.`,
  decideInBrowser: (minutes) =>
    `Es demasiado largo para mostrarlo aquí. Decida en el navegador en ${minutesOf(minutes)}, o rechácelo.`,
  waitsElsewhere: (agent, what, minutes) =>
    `${agent} espera su decisión en otra conversación: ${what}. Decida en ${minutesOf(minutes)} en Pinchy, en «Le espera».`,
  approved: 'Aprobado.',
  denied: 'Rechazado.',
  noLongerWaits: 'Esto ya no espera.',
  refusedByTelegram: 'Telegram no ha aceptado una parte de esta respuesta. Está en Pinchy, en el navegador.',
  approvalRefused: 'Algo espera su decisión, que Telegram no me deja mostrar aquí. Decida en el navegador.',
  cutOff: {
    length:
      'Esta respuesta está cortada: llegó al límite de lo que el modelo puede escribir. Escriba «continúa» para el resto.',
    filter: 'El filtro de contenido del proveedor detuvo esta respuesta. Plantee la pregunta de otra manera.',
    step_limit:
      'El agente usó todos los pasos de una respuesta, así que puede faltar algo. Escriba «continúa» para seguir.',
    aborted: 'Detenido por usted.',
  },
  answeredBy: (model) => `Respondido por ${model}: el modelo del agente no pudo responder.`,
  sources: 'Fuentes:',
  place: placeText,
  moreSources: (count) => `y ${count} más, en Pinchy`,
  empty: '(El agente terminó sin respuesta.)',
  askedElsewhere: 'Usted, en el navegador:',
  help: [
    'Escríbame, o envíe fotos y documentos de hasta 20 MB, lugares, contactos y encuestas.',
    '',
    '/new – empezar una conversación nueva',
    '/stop – detener la respuesta que se está escribiendo',
    '/help – mostrar esto',
  ].join('\n'),
};

function placeText(parts: PlaceParts): string {
  switch (parts.kind) {
    case 'page':
      return `página ${parts.number}`;
    case 'slide':
      return `diapositiva ${parts.number}`;
    case 'line':
      return `línea ${parts.number}`;
    case 'rows':
      return `hoja ${parts.sheet}, filas ${parts.from}–${parts.to}`;
    case 'row':
      return `hoja ${parts.sheet}, fila ${parts.row}`;
    case 'sheet':
      return `hoja ${parts.sheet}`;
    case 'picture':
      return 'imagen';
  }
}

export const commands: typeof englishCommands = [
  { command: 'new', description: 'Empezar una conversación nueva' },
  { command: 'stop', description: 'Detener la respuesta' },
  { command: 'help', description: 'Lo que entiendo' },
];
