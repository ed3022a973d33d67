import { tools } from '../../texts/es-tools.ts';
import { proposals } from '../../texts/es-proposals.ts';
import type { Terms } from '../match-sentences.ts';
import { sizesIn } from '../byte-units.ts';
import { nounsIn } from '../model-nouns.ts';
import { titlesIn } from '../tool-titles.ts';

/** Values of the server's sentences that are words of ours, in Spanish. */
export const terms: Terms = {
  word: {
    text: 'texto',
    'a number': 'un número',
    'a whole number': 'un número entero',
    'true or false': 'verdadero o falso',
    'a list': 'una lista',
    'an object': 'un objeto',
    'to-do': 'una tarea',
    call: 'una llamada',
    meeting: 'una reunión',
    'e-mail': 'un correo',
  },
  other: { apiKey: 'clave', baseUrl: 'dirección' },
  verbs: { read: 'leer', create: 'crear', change: 'cambiar', delete: 'eliminar' },
  operation: { read: 'leer', create: 'crear', write: 'cambiar', delete: 'eliminar' },
  which: { 'of {{host}}': 'de {{host}}' },
  refusal: {
    'of a kind that is never dialled': 'entre las que nunca se marcan',
    'this machine': 'en este equipo',
    'Pinchy itself': 'en el propio Pinchy',
    'in a private network': 'en una red privada',
  },
  retryAfter: {
    '1 second': '1 segundo',
    '{{seconds}} seconds': '{{seconds}} segundos',
    '{{minutes}} minutes': '{{minutes}} minutos',
  },
  timeLimit: {
    '1 second': '1 segundo',
    '{{seconds}} seconds': '{{seconds}} segundos',
    '{{minutes}} minutes': '{{minutes}} minutos',
  },
  keyPages: {
    'the Anthropic console': 'en la consola de Anthropic',
    'the OpenAI platform settings': 'en los ajustes de la plataforma de OpenAI',
    'Google AI Studio': 'en Google AI Studio',
    'your ollama.com settings': 'en sus ajustes de ollama.com',
    'the server in front of Ollama': 'el servidor delante de Ollama',
  },
  model: { 'The model': 'El modelo', 'The model "{{model}}"': 'El modelo «{{model}}»' },
  count: {
    '1 entry': '1 entrada',
    '{{count}} entries': '{{count}} entradas',
    '1 entry is': '1 entrada está',
    '{{count}} entries are': '{{count}} entradas están',
  },
  owner: {
    'Settings → Providers': 'Ajustes → Proveedores',
    'Settings → Organisation': 'Ajustes → Organización',
    'Settings → Security': 'Ajustes → Seguridad',
    'Settings → Licence': 'Ajustes → Licencia',
    'Settings → Conversations': 'Ajustes → Conversaciones',
    Knowledge: 'Conocimiento',
    'the server itself': 'el propio servidor',
  },
  kind: {
    embedded: 'integrada',
    'of its own (DATABASE_URL)': 'propia (DATABASE_URL)',
    'vendor bill': 'la factura de proveedor',
    'vendor credit note': 'la factura rectificativa de proveedor',
    'purchase receipt': 'el recibo de compra',
    'customer invoice': 'la factura de cliente',
    'customer credit note': 'la factura rectificativa de cliente',
    'sales receipt': 'el recibo de venta',
    delivery: 'la entrega',
    receipt: 'la recepción',
    'internal transfer': 'el traslado interno',
    transfer: 'el traslado',
  },
  than: {
    "the database's": 'del de la base de datos',
    "a provider's": 'del de un proveedor',
    'the newest entry of the audit trail': 'de la entrada más reciente del registro de auditoría',
  },
  age: {
    '1 minute': '1 minuto',
    '{{minutes}} minutes': '{{minutes}} minutos',
    '{{hours}} hours': '{{hours}} horas',
    '{{days}} days': '{{days}} días',
  },
  late: {
    '1 minute': '1 minuto',
    '{{minutes}} minutes': '{{minutes}} minutos',
    '{{hours}} hours': '{{hours}} horas',
    '{{days}} days': '{{days}} días',
  },
  ...sizesIn({ MB: 'MB', GB: 'GB' }),
  noun: nounsIn(proposals),
  openChats: {
    '1 open chat': '1 chat abierto',
    '{{count}} open chats': '{{count}} chats abiertos',
  },
  answers: {
    '1 answer being written': '1 respuesta escribiéndose',
    '{{count}} answers being written': '{{count}} respuestas escribiéndose',
  },
  requests: {
    '1 request waiting for the database': '1 solicitud a la espera de la base de datos',
    '{{count}} requests waiting for the database': '{{count}} solicitudes a la espera de la base de datos',
  },
  runs: {
    '1 answer': '1 respuesta',
    '{{count}} answers': '{{count}} respuestas',
  },
  approvals: {
    '1 approval': '1 aprobación',
    '{{count}} approvals': '{{count}} aprobaciones',
  },
  telegram: {
    '1 message of Telegram': '1 mensaje de Telegram',
    '{{count}} messages of Telegram': '{{count}} mensajes de Telegram',
  },
  unsealed: {
    '1 unsealed audit entry': '1 entrada del registro sin sellar',
    '{{count}} unsealed audit entries': '{{count}} entradas del registro sin sellar',
  },
  title: titlesIn(tools, (title) => `«${title}»`),
};
