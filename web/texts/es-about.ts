import type { about as english } from './en-about.ts';

export const about: typeof english = {
  title: 'Acerca de {{agent}}',
  ai: '{{agent}} es una IA: sus respuestas las hace un modelo de lenguaje y pueden ser erróneas. Compruebe lo importante y no le deje decisiones sobre personas.',
  purpose: 'Para qué sirve',
  noPurpose: 'Nadie lo ha escrito todavía.',
  personal: 'Su propio asistente. Nadie más puede usarlo.',
  responsible: 'Quién responde por él',
  nobody: 'Nadie todavía. Pregunte a un admin.',
  yourself: 'Es suyo; los admins cuidan de lo que puede hacer.',
  review: 'Por revisar',
  overdue: 'pendiente desde el {{date}}',
  model: 'Qué modelo, y dónde funciona',
  local: 'Ollama, en un servidor que gestiona su organización: lo que escribe se queda allí.',
  cloud:
    '{{provider}}, en la nube: allí se envían lo que escribe, los archivos adjuntos y lo que las herramientas leen para una respuesta.',
  fallback: 'Si este no responde',
  answeredBy: 'Respondido por {{model}} ({{provider}}): el modelo del agente no pudo responder.',
  noModel: 'Ninguno todavía: no puede responder.',
  may: 'Qué puede leer y hacer',
  connections: 'Sistemas conectados',
  connection: '{{name}}: {{level}}',
  webSearch: '{{name}}: busca en la web',
  kept: 'Qué se guarda',
  keptConversations: 'Sus conversaciones se quedan en el servidor de su organización hasta que las elimine.',
  keptTrail:
    'El registro guarda quién preguntó cuándo, qué herramientas se usaron en qué y quién aprobó. Los admins lo leen; lo que usted dijo no está en él.',
  loadFailed: 'No se pudo cargar lo que puede hacer.',
};
