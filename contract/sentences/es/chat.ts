import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of conversations and models, in Spanish. */
export const chat: Sentences = {
  'This conversation was not found.': 'No se ha encontrado esta conversación.',
  'The answer failed. Try again.': 'La respuesta ha fallado. Vuelva a intentarlo.',
  'The server is stopping; connect again.': 'El servidor se está deteniendo; vuelva a conectarse.',
  'This agent was not found.': 'No se ha encontrado este agente.',
  'One of these conversations was not found.': 'No se ha encontrado una de estas conversaciones.',
  'This call was not found.': 'No se ha encontrado esta llamada.',
  'The server stopped while it was answering. Ask again to get the whole answer.':
    'El servidor se detuvo mientras respondía. Pregunte de nuevo para obtener la respuesta completa.',
  'The answer failed.': 'La respuesta ha fallado.',
  'A temporary conversation is not kept, so it has no place in a list.':
    'Una conversación temporal no se guarda, así que no tiene sitio en una lista.',
  'There is no such temporary conversation.': 'No existe esa conversación temporal.',
  'Many searches of yours are under way already. Wait a moment, then try again.':
    'Ya hay muchas búsquedas suyas en curso. Espere un momento y vuelva a intentarlo.',
  'The server stopped while it was answering.': 'El servidor se detuvo mientras respondía.',
  'This agent was not found, or you may not use it any more.': 'No se ha encontrado este agente, o ya no puede usarlo.',
  'This agent is stopped. It answers again once an admin lets it go on.':
    'Este agente está detenido. Volverá a responder cuando un administrador lo reanude.',
  'This conversation does not exist any more.': 'Esta conversación ya no existe.',
  '{{maxQueueLength}} messages are waiting already. Wait for an answer first.':
    'Ya hay {{maxQueueLength}} mensajes en espera. Espere primero una respuesta.',
  'Your conversations and files may take {{limit}} altogether, and this message does not fit in any more. Delete conversations that you no longer need.':
    'Sus conversaciones y archivos pueden ocupar {{limit}} en total, y este mensaje ya no cabe. Elimine conversaciones que ya no necesite.',
  'An attached file was not found, or was sent before. Attach it again.':
    'No se ha encontrado un archivo adjunto, o ya se había enviado. Adjúntelo de nuevo.',
  'Something went wrong on the server while answering. Try again.':
    'Algo ha fallado en el servidor al responder. Vuelva a intentarlo.',
  'You cannot use this agent any more.': 'Ya no puede usar este agente.',
  'This tool call was not found, or is not yours to decide.':
    'No se ha encontrado esta llamada a una herramienta, o no le corresponde a usted decidir sobre ella.',
  'The time to decide about this tool call has run out.':
    'El plazo para decidir sobre esta llamada a una herramienta ha terminado.',
  'This tool call was approved already.': 'Esta llamada a una herramienta ya se había aprobado.',
  'This tool call was denied already.': 'Esta llamada a una herramienta ya se había rechazado.',
  'The answer was stopped, so this tool call does not wait any more.':
    'La respuesta se detuvo, así que esta llamada a una herramienta ya no espera.',
  'You denied this call.': 'Ha rechazado esta llamada.',
  'Nobody approved this call in time.': 'Nadie aprobó esta llamada a tiempo.',
  'Wait until the answer is there, or stop it.': 'Espere a que llegue la respuesta, o deténgala.',
  'The server is restarting. Send it again in a moment.':
    'El servidor se está reiniciando. Envíelo de nuevo enseguida.',
  'Only those who may edit this agent choose another model for an answer.':
    'Solo quien puede editar este agente elige otro modelo para una respuesta.',
  'No configured provider offers this model.': 'Ningún proveedor configurado ofrece este modelo.',
  'Too many conversations wait for a title.': 'Demasiadas conversaciones esperan un título.',
  'Stopped before it ended.': 'Se detuvo antes de terminar.',
  'Too many messages. Wait 1 second, then send it again.': 'Demasiados mensajes. Espere 1 segundo y envíelo de nuevo.',
  'Too many messages. Wait {{count}} seconds, then send it again.':
    'Demasiados mensajes. Espere {{count}} segundos y envíelo de nuevo.',
  'This agent has no model yet: an admin needs to connect a provider first.':
    'Este agente aún no tiene modelo: un administrador debe conectar antes un proveedor.',
  'The server stopped before it ended.': 'El servidor se detuvo antes de que terminara.',
  'A message has at most {{limit}} characters. Shorten it, or attach it as a file.':
    'Un mensaje tiene como máximo {{limit}} caracteres. Acórtelo, o adjúntelo como archivo.',
  'A message needs text or an attachment.': 'Un mensaje necesita texto o un archivo adjunto.',
  'Your session has ended.': 'Su sesión ha terminado.',
  'Something went wrong on the server. Try again.': 'Algo ha fallado en el servidor. Vuelva a intentarlo.',
  'Too many frames at once; some were dropped. Slow down.':
    'Demasiados mensajes a la vez; algunos se han descartado. Vaya más despacio.',
  'The conversation moves too fast to read it. Try again.':
    'La conversación cambia demasiado deprisa para leerla. Vuelva a intentarlo.',
  'Too slow to follow; connect again.': 'Demasiado lento para seguir; vuelva a conectarse.',
  'The message to go back from was not found in this conversation.':
    'El mensaje desde el que retroceder no se ha encontrado en esta conversación.',
  'Much of yours is being read already. Wait a moment, then try again.':
    'Ya se están leyendo muchas cosas suyas. Espere un momento y vuelva a intentarlo.',
  'This socket came from another site and was refused.': 'Esta conexión venía de otro sitio web y se ha rechazado.',
  'Too many open sockets. Close some tabs, then try again.':
    'Demasiadas conexiones abiertas. Cierre algunas pestañas y vuelva a intentarlo.',
  "{{providerNames}} does not allow this account to do that{{words}}. Check the key's permissions and the account's plan.":
    '{{providerNames}} no permite eso a esta cuenta{{words}}. Compruebe los permisos de la clave y el plan de la cuenta.',
  'This model cannot use tools. Choose another model, or take the tools away from the agent.':
    'Este modelo no puede usar herramientas. Elija otro modelo, o quite las herramientas al agente.',
  '{{providerNames}} is overloaded or has a fault right now{{reason}}. Try again in a moment.':
    '{{providerNames}} está sobrecargado o tiene un fallo ahora mismo{{reason}}. Vuelva a intentarlo enseguida.',
  '{{providerNames}} refused the request{{words}}.': '{{providerNames}} ha rechazado la solicitud{{words}}.',
  'Choose a smaller model in the agent’s settings, or give the machine of Ollama what it needs.':
    'Elija un modelo menor en los ajustes del agente, o dé al equipo de Ollama lo que necesita.',
  'Choose another model in the agent’s settings.': 'Elija otro modelo en los ajustes del agente.',
  'The answer of {{providerNames}} broke off before its end. Try again in a moment.':
    'La respuesta de {{providerNames}} se interrumpió antes del final. Vuelva a intentarlo enseguida.',
  '{{providerNames}} did not answer in time. Try again in a moment.':
    '{{providerNames}} no ha respondido a tiempo. Vuelva a intentarlo enseguida.',
  '{{providerNames}} answered with a redirect, which is not followed. Enter the address it finally leads to.':
    '{{providerNames}} ha respondido con una redirección, que no se sigue. Indique la dirección a la que finalmente lleva.',
  'Something answers at this address, but it does not speak like Ollama. Check the address and the port.':
    'Algo responde en esta dirección, pero no como Ollama. Compruebe la dirección y el puerto.',
  '{{providerNames}} sent an answer that could not be understood. Try again in a moment.':
    '{{providerNames}} ha enviado una respuesta que no se pudo entender. Vuelva a intentarlo enseguida.',
  'The provider answers, but offers this account no model that chats.':
    'El proveedor responde, pero no ofrece a esta cuenta ningún modelo de conversación.',
  'The server at the address in {{addressVariables}} has no list of models like {{providerNames}}’s. Check the address: it is the one to which /models is added.':
    'El servidor de la dirección en {{addressVariables}} no tiene una lista de modelos como la de {{providerNames}}. Compruebe la dirección: es aquella a la que se añade /models.',
  'The answer broke off.': 'La respuesta se interrumpió.',
  'The address must not have a ? or # part.': 'La dirección no puede tener una parte con ? o #.',
  'The {{name}} account is out of credit or over its quota.':
    'La cuenta de {{name}} no tiene crédito o ha agotado su cuota.',
  '{{providerNames}} cannot run this model{{words}}.': '{{providerNames}} no puede ejecutar este modelo{{words}}.',
  'Add credits under Billing in the Anthropic console.': 'Añada crédito en Billing, en la consola de Anthropic.',
  'Add credits under Billing in the OpenAI platform settings.':
    'Añada crédito en Billing, en los ajustes de la plataforma de OpenAI.',
  'Check the plan and quotas of the project in Google AI Studio.':
    'Compruebe el plan y las cuotas del proyecto en Google AI Studio.',
  'Wait until the limit resets or upgrade the plan on ollama.com.':
    'Espere a que se restablezca el límite o mejore el plan en ollama.com.',
  'Check the limits of the server.': 'Compruebe los límites del servidor.',
  '{{name}} wants a sign-in at this address. Check the address, or {{keyPages}}.':
    '{{name}} pide iniciar sesión en esta dirección. Compruebe la dirección o {{keyPages}}.',
  '{{name}} rejected this API key. Check that it was copied whole and is still active in {{keyPages}}.':
    '{{name}} ha rechazado esta clave de API. Compruebe que se copió entera y que sigue activa {{keyPages}}.',
  '{{name}} is receiving too many requests from this account right now. Try again in a moment.':
    '{{name}} recibe demasiadas solicitudes de esta cuenta ahora mismo. Vuelva a intentarlo enseguida.',
  "{{model}} is not installed in Ollama. Pull it there, or choose another model in the agent's settings.":
    '{{model}} no está instalado en Ollama. Descárguelo allí, o elija otro modelo en los ajustes del agente.',
  "{{model}} is not available from {{name}} for this account. Choose another model in the agent's settings.":
    '{{model}} no está disponible en {{name}} para esta cuenta. Elija otro modelo en los ajustes del agente.',
  'The conversation is longer than this model can read. Start a new conversation, or choose a model with a larger context.':
    'La conversación es más larga de lo que este modelo puede leer. Empiece una conversación nueva, o elija un modelo con un contexto mayor.',
  'Ollama cannot be reached. Check that it is running and that the address is right.':
    'No se puede acceder a Ollama. Compruebe que está en marcha y que la dirección es correcta.',
  '{{name}} cannot be reached right now. Try again in a moment.':
    'No se puede acceder a {{name}} ahora mismo. Vuelva a intentarlo enseguida.',
  'The answer was stopped.': 'La respuesta se detuvo.',
  '{{name}} could not answer this request.': '{{name}} no ha podido responder a esta solicitud.',
  'Something went wrong while answering. Try again; if it keeps happening, ask an administrator.':
    'Algo ha fallado al responder. Vuelva a intentarlo; si sigue ocurriendo, pregunte a un administrador.',
  'The answer did not come to an end and was stopped. Ask again, or choose another model.':
    'La respuesta no llegaba a su fin y se detuvo. Pregunte de nuevo, o elija otro modelo.',
  'The model gave an empty answer. Try again, or choose another model.':
    'El modelo dio una respuesta vacía. Vuelva a intentarlo, o elija otro modelo.',
  'This conversation is longer than the model can read, and the model gave no whole summary of it. Start a new conversation, or choose a model with a larger context.':
    'Esta conversación es más larga de lo que el modelo puede leer, y no dio un resumen completo de ella. Empiece una conversación nueva, o elija un modelo con un contexto mayor.',
  'The OpenClaw Gateway could not answer. Try again; its log says why.':
    'El gateway de OpenClaw no ha podido responder. Vuelva a intentarlo; su registro dice por qué.',
  'The answer was stopped in the OpenClaw Gateway. Ask again to get the whole answer.':
    'La respuesta se detuvo en el gateway de OpenClaw. Pregunte de nuevo para obtener la respuesta completa.',
  'The model took too long, and the OpenClaw Gateway stopped waiting for it. Ask again in a moment.':
    'El modelo tardó demasiado, y el gateway de OpenClaw dejó de esperarlo. Pregunte de nuevo enseguida.',
  'The agent decided that there is nothing to answer. Ask again, and say what you want to know.':
    'El agente decidió que no hay nada que responder. Pregunte de nuevo y diga qué quiere saber.',
  'Its outcome never arrived. It may have been done.': 'Su resultado nunca llegó. Puede que se haya hecho.',
  '{{name}} refused the key or its quota a moment ago, so the OpenClaw Gateway does not ask it again for about 1 minute. An admin can check the key under Settings → Providers.':
    '{{name}} rechazó la clave o su cuota hace un momento, así que el gateway de OpenClaw no vuelve a preguntarle durante un minuto. Un administrador puede comprobar la clave en Ajustes → Proveedores.',
  '{{name}} refused the key or its quota a moment ago, so the OpenClaw Gateway does not ask it again for about {{count}} minutes. An admin can check the key under Settings → Providers.':
    '{{name}} rechazó la clave o su cuota hace un momento, así que el gateway de OpenClaw no vuelve a preguntarle durante unos {{count}} minutos. Un administrador puede comprobar la clave en Ajustes → Proveedores.',
  'The OpenClaw Gateway could not ask Pinchy about this answer. Try again; if it stays so, an admin can check the address and the token that the gateway has for Pinchy.':
    'El gateway de OpenClaw no ha podido consultar a Pinchy sobre esta respuesta. Vuelva a intentarlo; si continúa, un administrador puede comprobar la dirección y el token que el gateway tiene para Pinchy.',
  'The OpenClaw Gateway that runs the agents is being restarted. Try again in a few minutes.':
    'El gateway de OpenClaw que ejecuta los agentes se está reiniciando. Vuelva a intentarlo dentro de unos minutos.',
  'The OpenClaw Gateway that runs the agents cannot be reached. Try again in a moment.':
    'No se puede acceder al gateway de OpenClaw que ejecuta los agentes. Vuelva a intentarlo enseguida.',
  'This message was not found among what is shown.': 'No se ha encontrado este mensaje entre lo que se muestra.',
  'This cannot be allowed for a whole conversation. Decide about this call alone.':
    'Esto no se puede permitir para toda una conversación. Decida solo sobre esta llamada.',
  'This was not found, or was taken back already.': 'No se ha encontrado, o ya se había retirado.',
};
