import type * as english from './en-where.ts';

export const where: typeof english.where = {
  title: 'Quién ve qué aquí',
  conversation: 'Esta conversación es privada',
  conversationBody:
    'Nadie más puede leerla a través de Pinchy, tampoco un administrador. Quien administra el servidor o su base de datos podría.',
  shared: 'Esta conversación está compartida',
  sharedBody:
    '{{names}} puede leer lo dicho hasta que la compartió, con sus adjuntos. Nadie más puede, tampoco un administrador.',
  uploads: 'Lo que usted sube aquí',
  uploadsBody:
    'Solo usted y este agente, en sus conversaciones con él. Las imágenes, y lo que el agente lee de otros archivos, van al modelo de {{provider}}.',
  uploadsPictures:
    'Solo usted y este agente. Las imágenes van al modelo de {{provider}}; este agente no puede leer otros archivos.',
  noProvider: 'su proveedor',
  admins: 'Lo que ven los administradores',
  adminsBody:
    'Que usted habló, cuándo y a qué coste; qué herramientas se usaron en qué documentos y registros; el tipo y el tamaño de lo subido. No lo que escribieron usted o el agente, salvo que valorara una respuesta y aceptara mostrarla.',
  agent: 'El propio agente',
  agentPersonal: '{{agent}} solo habla con usted.',
  agentAll: 'Todo su equipo puede hablar con {{agent}}, cada uno en conversaciones propias.',
  agentGroups: 'Los miembros de ciertos grupos pueden hablar con {{agent}}, cada uno en conversaciones propias.',
  responsible: 'Responde por él: {{name}}.',
  connection: 'Conexión',
  toTrail: 'Lo que dice el registro de auditoría de este agente',
};
