import type { overview as english } from './en-overview.ts';

export const overview: typeof english = {
  title: 'Resumen',
  description: 'Lo que le necesita, lo que viene después y lo que ha pasado.',
  attention: 'Requiere atención',
  attentionHint: 'Mirado ahora mismo, y cada minuto mientras esta página esté abierta.',
  nothing: 'Nada le necesita',
  nothingBody: 'Las conexiones funcionan, los documentos se pueden leer, el registro está intacto.',
  open: 'Abrir',

  noProvider: 'No hay ningún proveedor de modelos conectado, así que ningún agente puede responder.',
  approvals_one: 'Una llamada espera a la persona que preguntó, desde {{since}}.',
  approvals_other: '{{count}} llamadas esperan a las personas que preguntaron, la más antigua desde {{since}}.',
  connection: '{{name}} no se ha podido sincronizar: {{reason}}',
  bot: 'El bot {{name}} no funciona: {{reason}}',
  failures: {
    no_provider_one: 'Una respuesta ha fallado en las últimas 24 horas porque no había proveedor para ella.',
    no_provider_other: '{{count}} respuestas han fallado en las últimas 24 horas porque no había proveedor para ellas.',
    provider_auth_one: 'Una respuesta ha fallado en las últimas 24 horas porque un proveedor ha rechazado su clave.',
    provider_auth_other:
      '{{count}} respuestas han fallado en las últimas 24 horas porque un proveedor ha rechazado su clave.',
    provider_quota_one:
      'Una respuesta ha fallado en las últimas 24 horas porque la cuenta en un proveedor no tiene saldo.',
    provider_quota_other:
      '{{count}} respuestas han fallado en las últimas 24 horas porque la cuenta en un proveedor no tiene saldo.',
    model_not_found_one: 'Una respuesta ha fallado en las últimas 24 horas porque su modelo ya no se ofrece.',
    model_not_found_other: '{{count}} respuestas han fallado en las últimas 24 horas porque su modelo ya no se ofrece.',
  },
  unreadable_one: 'Un documento no se puede leer, así que ningún agente lo encuentra.',
  unreadable_other: '{{count, number}} documentos no se pueden leer, así que ningún agente los encuentra.',
  withoutModel: 'Sin modelo, así que no pueden responder: {{names}}.',
  trailInvalid: 'La última comprobación ha encontrado cambiado el registro de auditoría.',
  trailAnchor: 'El registro de auditoría no lleva hasta su ancla.',
  trailWaiting: 'Hay entradas del registro de auditoría sin sellar, desde {{since}}.',
  licenceExpired: 'La licencia caducó el {{date}}.',
  licenceEnds_one: 'La licencia termina mañana.',
  licenceEnds_other: 'La licencia termina dentro de {{count}} días.',
  seats: 'Todas las plazas de la licencia están ocupadas ({{maximum}} en total).',
  noBackup: 'Pinchy todavía no ha hecho ninguna copia de seguridad.',
  oldBackup_one: 'La última copia de seguridad tiene un día.',
  oldBackup_other: 'La última copia de seguridad tiene {{count}} días.',
  backupHelp:
    '`pinchy backup <archivo>` en el servidor hace una (desde las fuentes `npm run pinchy -- backup <archivo>`); haga que se ejecute cada noche.',

  trailUnverified_one: 'El registro de auditoría se verificó por última vez hace un día.',
  trailUnverified_other: 'El registro de auditoría se verificó por última vez hace {{count}} días.',
  trailNeverVerified: 'El registro de auditoría no se ha verificado nunca.',
  update: 'Pinchy {{version}} está disponible; aquí funciona {{running}}.',
  updateHelp: 'Haga una copia de seguridad, lea qué ha cambiado y después actualice.',
  updateLink: 'Novedades',
  noOwner: 'Nadie es responsable de: {{names}}.',
  reviewDue: 'Por revisar: {{names}}.',
  stopTitle: 'Detener todos los agentes',
  stopHint:
    'Para cuando algo va mal: todas las respuestas terminan al momento, en todos los canales, y no se usa ninguna herramienta.',
  stopAll: 'Detener todos los agentes…',
  stopQuestion: '¿Detener todos los agentes?',
  stopBody:
    'Las respuestas que se están escribiendo terminan al momento, para todos. Los agentes vuelven a responder cuando los reanude.',
  stopConfirm: 'Detener todos',
  stopped_one: 'Un agente está detenido: {{names}}.',
  stopped_other: '{{count}} agentes están detenidos: {{names}}.',
  resumeAll: 'Reanudar todos',
  allStopped: 'Todos los agentes están detenidos',
  allResumed: 'Los agentes vuelven a responder',

  steps: 'Primeros pasos',
  stepsHint: '{{done}} de {{all}} hechos',
  step: {
    provider: {
      title: 'Conectar un proveedor de modelos',
      body: 'Con lo que piensan los agentes: un servicio, u Ollama en su propio hardware.',
    },
    agent: { title: 'Crear un agente', body: 'Un colega con una tarea: un asistente del manual, por ejemplo.' },
    documents: { title: 'Añadir documentos', body: 'Los agentes leen lo que usted les concede, y lo citan.' },
    question: { title: 'Preguntar algo', body: 'Se anotan la respuesta, su coste y cada herramienta que usó.' },
    people: { title: 'Invitar a su equipo', body: 'Un enlace para cada persona.' },
    backup: {
      title: 'Hacer una copia de seguridad',
      body: '`pinchy backup <archivo>` en el servidor lo pone todo en un archivo (desde las fuentes `npm run pinchy -- backup <archivo>`).',
    },
  },
  isDone: 'hecho',

  activity: 'Los últimos siete días',
  activityNone: 'Nadie ha preguntado nada en los últimos siete días.',
  day: 'Día',
  questions: 'Preguntas',
  people: 'Personas',
  agents: 'Agentes',
  failed: 'Fallidas',
};
