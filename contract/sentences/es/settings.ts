import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of everything else, in Spanish. */
export const settings: Sentences = {
  'Too many requests. Wait a moment, then try again.':
    'Demasiadas solicitudes. Espere un momento y vuelva a intentarlo.',
  'Another program has set a webhook for this bot. Stop it there, or make a new token at @BotFather and connect it here.':
    'Otro programa ha puesto un webhook para este bot. Deténgalo allí, o cree un token nuevo en @BotFather y conéctelo aquí.',
  'Another program receives this bot’s messages. Stop it there, or make a new token at @BotFather and connect it here.':
    'Otro programa recibe los mensajes de este bot. Deténgalo allí, o cree un token nuevo en @BotFather y conéctelo aquí.',
  'Telegram does not accept the bot’s token any more. Copy the current one from @BotFather and connect it here.':
    'Telegram ya no acepta el token del bot. Copie el actual de @BotFather y conéctelo aquí.',
  'Telegram cannot be reached from this server.': 'No se puede acceder a Telegram desde este servidor.',
  'Telegram asks to wait before the next request.': 'Telegram pide esperar antes de la próxima solicitud.',
  'Too many answers are being formatted at the moment. Try again in a moment.':
    'Se están preparando demasiadas respuestas en este momento. Vuelva a intentarlo enseguida.',
  'Another program receives this bot’s messages. Stop it there, or make a new token at @BotFather and enter that.':
    'Otro programa recibe los mensajes de este bot. Deténgalo allí, o cree un token nuevo en @BotFather e indíquelo aquí.',
  'Telegram could not be reached. Try again in a moment.':
    'No se ha podido acceder a Telegram. Vuelva a intentarlo enseguida.',
  'Telegram does not accept this token. Copy it again from @BotFather.':
    'Telegram no acepta este token. Cópielo de nuevo de @BotFather.',
  'This bot was not found.': 'No se ha encontrado este bot.',
  'Only Telegram may deliver here.': 'Solo Telegram puede entregar aquí.',
  'Telegram could not be reached.': 'No se ha podido acceder a Telegram.',
  'There is no tool "{{unknown}}".': 'No existe la herramienta «{{unknown}}».',
  '{{path}} is not a directory under /data/.': '{{path}} no es un directorio por debajo de /data/.',
  'One of these groups does not exist.': 'Uno de estos grupos no existe.',
  'There is no such person, or their account is deactivated.': 'No existe esa persona, o su cuenta está desactivada.',
  'Choose the Odoo connection that {{name}} is to work with.':
    'Elija la conexión de Odoo con la que va a trabajar {{name}}.',
  'Restricting agents to groups needs an active enterprise licence.':
    'Restringir agentes a grupos requiere una licencia de empresa activa.',
  'There is no template "{{templateId}}".': 'No existe la plantilla «{{templateId}}».',
  'A personal agent cannot be deleted.': 'Un agente personal no se puede eliminar.',
  'The version was not found.': 'No se ha encontrado la versión.',
  'Only admins can change {{denied}}.': 'Solo los administradores pueden cambiar {{denied}}.',
  '{{host}} is this machine, which agents never read.': '{{host}} es este equipo, que los agentes nunca leen.',
  '{{host}} is no address in a private network.': '{{host}} no es una dirección de una red privada.',
  'Sign in to continue.': 'Inicie sesión para continuar.',
  'The agent was not found.': 'No se ha encontrado el agente.',
  'Only admins can change this agent.': 'Solo los administradores pueden cambiar este agente.',
  'The permissions of a personal agent cannot be changed.': 'Los permisos de un agente personal no se pueden cambiar.',
  'The model {{model}} of this version is not offered any more. Choose a model by hand.':
    'El modelo {{model}} de esta versión ya no se ofrece. Elija usted un modelo.',
  'Too many failed attempts. Try again in {{retryAfter}}.':
    'Demasiados intentos fallidos. Vuelva a intentarlo dentro de {{retryAfter}}.',
  'Enter your password.': 'Indique su contraseña.',
  'The account is deactivated.': 'La cuenta está desactivada.',
  'E-mail or password is wrong.': 'El correo o la contraseña no son correctos.',
  'This account is deactivated. Ask an admin to reactivate it.':
    'Esta cuenta está desactivada. Pida a un administrador que la reactive.',
  'Your session has ended. Sign in again; nothing was changed.':
    'Su sesión ha terminado. Inicie sesión de nuevo; no se ha cambiado nada.',
  'Only admins can do this.': 'Solo los administradores pueden hacer esto.',
  'Too many people are signing in at the moment. Wait a moment, then try again.':
    'Demasiadas personas están iniciando sesión en este momento. Espere un momento y vuelva a intentarlo.',
  'This password is on the lists that attackers try first. Choose another one.':
    'Esta contraseña está en las listas que los atacantes prueban primero. Elija otra.',
  '{{path}} is not empty. Remove what lies in it first, hidden files too.':
    '{{path}} no está vacío. Quite primero lo que contiene, también los archivos ocultos.',
  'A path below the directory has at most {{maxDepth}} names.':
    'Una ruta por debajo del directorio tiene como máximo {{maxDepth}} nombres.',
  '{{filename}} leads out of the directory. Give a path below it.':
    '{{filename}} lleva fuera del directorio. Indique una ruta por debajo de él.',
  '{{filename}} has a directory without a name.': '{{filename}} tiene un directorio sin nombre.',
  '{{path}} is not a path below /data/.': '{{path}} no es una ruta por debajo de /data/.',
  '{{path}} is hidden.': '{{path}} está oculto.',
  '{{name}} cannot be the name of a directory.{{instead}}':
    '{{name}} no puede ser el nombre de un directorio.{{instead}}',
  'All documents together may take {{limitBytes}}, and this does not fit in any more. Remove what is not needed, or raise DOCUMENTS_MIB.':
    'Todos los documentos juntos pueden ocupar {{limitBytes}}, y esto ya no cabe. Quite lo que no haga falta, o aumente DOCUMENTS_MIB.',
  'The disk for documents is full. Free some space on the server, then try again.':
    'El disco de los documentos está lleno. Libere espacio en el servidor y vuelva a intentarlo.',
  'Choose a directory below /data/: agents are given directories.':
    'Elija un directorio por debajo de /data/: a los agentes se les dan directorios.',
  'Send at least one document.': 'Envíe al menos un documento.',
  '{{asShown}} is a directory. Remove it as one.': '{{asShown}} es un directorio. Quítelo como tal.',
  'There is {{value}} already.': '{{value}} ya existe.',
  '{{asShown}} is a document. Remove it as one.': '{{asShown}} es un documento. Quítelo como tal.',
  'Name a directory or document below /data/.': 'Indique un directorio o documento por debajo de /data/.',
  'Send the documents as multipart/form-data.': 'Envíe los documentos como multipart/form-data.',
  '{{path}} is not a directory.': '{{path}} no es un directorio.',
  '{{names}} has more than {{maxEntries}} entries. Make another directory.':
    '{{names}} tiene más de {{maxEntries}} entradas. Cree otro directorio.',
  '{{path}} is a link on the server. Name the directory or document itself, or change the link there.':
    '{{path}} es un enlace en el servidor. Indique el propio directorio o documento, o cambie allí el enlace.',
  'Somebody changed this directory at the same moment. Look again, then retry.':
    'Alguien cambió este directorio en el mismo momento. Mire de nuevo y vuelva a intentarlo.',
  'The server has no directory for documents. Make the one that DATA_ROOT names, /data unless set otherwise.':
    'El servidor no tiene directorio para documentos. Cree el que indica DATA_ROOT, que es /data si no se ha puesto otro.',
  'Pinchy may not write to {{path}} on its server. Give its account the right to, or change the documents on the server itself.':
    'Pinchy no puede escribir en {{path}} en su servidor. Dé ese derecho a su cuenta, o cambie los documentos en el propio servidor.',
  'The path is too long for the file system of the server. Shorten the names.':
    'La ruta es demasiado larga para el sistema de archivos del servidor. Acorte los nombres.',
  'A document may have at most {{maxDocumentBytes}} MiB.':
    'Un documento puede tener como máximo {{maxDocumentBytes}} MiB.',
  'There is a directory {{path}} already. Give the document another name.':
    'Ya existe un directorio {{path}}. Dé otro nombre al documento.',
  'There is {{path}} already. Replace it, or give the new document another name.':
    '{{path}} ya existe. Sustitúyalo, o dé otro nombre al documento nuevo.',
  'The group was not found.': 'No se ha encontrado el grupo.',
  'There is a group with this name already.': 'Ya existe un grupo con este nombre.',
  'One of these users does not exist.': 'Una de estas personas no existe.',
  'The connection was not found.': 'No se ha encontrado la conexión.',
  'There is no such Odoo connection.': 'No existe esa conexión de Odoo.',
  'This connection was never synchronised, so it is not known what it offers. Synchronise it first.':
    'Esta conexión nunca se ha sincronizado, así que no se sabe qué ofrece. Sincronícela primero.',
  'This Odoo does not offer what the template needs: {{list}}. Install the app or give the Odoo user the right, then synchronise.':
    'Este Odoo no ofrece lo que la plantilla necesita: {{list}}. Instale la aplicación o dé el derecho al usuario de Odoo, y sincronice después.',
  'The connection was deleted meanwhile.': 'La conexión se eliminó entretanto.',
  'A web search connection has no {{unknown}}.': 'Una conexión de búsqueda web no tiene {{unknown}}.',
  'Enter the API key again: it was given for another address or user.':
    'Indique de nuevo la clave de API: se dio para otra dirección u otro usuario.',
  'The API key belongs to another user than the one that was entered.':
    'La clave de API pertenece a un usuario distinto del indicado.',
  'A web search connection has no models; it can only be switched on and off.':
    'Una conexión de búsqueda web no tiene modelos; solo se puede activar y desactivar.',
  'Single permissions need the access level custom.':
    'Los permisos sueltos requieren el nivel de acceso personalizado.',
  'The connection does not offer the model {{unknown}}. Synchronise it if it was installed recently.':
    'La conexión no ofrece el modelo {{unknown}}. Sincronícela si se instaló hace poco.',
  'The Odoo user itself has no right to {{operation}} {{model}}.':
    'El propio usuario de Odoo no tiene el derecho {{operation}} para {{model}}.',
  'The connection was changed meanwhile. Synchronise it again.':
    'La conexión se cambió entretanto. Sincronícela de nuevo.',
  'This agent reads no directory of this name.': 'Este agente no lee ningún directorio de este nombre.',
  'Choose a model of Ollama, OpenAI or Google.': 'Elija un modelo de Ollama, OpenAI o Google.',
  '{{providerNames}} is not connected.': '{{providerNames}} no está conectado.',
  'The licence is set by the environment variable PINCHY_ENTERPRISE_KEY. Change it there.':
    'La licencia la fija la variable de entorno PINCHY_ENTERPRISE_KEY. Cámbiela allí.',
  'This server has no PINCHY_LICENSE_PUBLIC_KEY to check a licence key against.':
    'Este servidor no tiene PINCHY_LICENSE_PUBLIC_KEY para comprobar una clave de licencia.',
  'This is not a valid licence key for this server.': 'Esta no es una clave de licencia válida para este servidor.',
  'This licence key expired on {{value}}.': 'Esta clave de licencia caducó el {{value}}.',
  'Every seat of the licence is taken ({{maxUsers}} in all). Deactivate a user, revoke an invite or get more seats.':
    'Todas las plazas de la licencia están ocupadas ({{maxUsers}} en total). Desactive a una persona, revoque una invitación u obtenga más plazas.',
  'This is no model of a provider that Pinchy knows.': 'Este no es un modelo de un proveedor que Pinchy conozca.',
  'An answer has to fit into the context window, beside what was asked.':
    'Una respuesta debe caber en la ventana de contexto, junto a lo preguntado.',
  'The provider of this agent’s model is not configured. An admin can choose another model.':
    'El proveedor del modelo de este agente no está configurado. Un administrador puede elegir otro modelo.',
  'A provider is configured already. Change it under Settings → Providers.':
    'Ya hay un proveedor configurado. Cámbielo en Ajustes → Proveedores.',
  'A configured provider {{providerNames}} was not found.':
    'No se ha encontrado un proveedor {{providerNames}} configurado.',
  '{{providerNames}} is not connected yet, so its address is needed.':
    '{{providerNames}} aún no está conectado, así que hace falta su dirección.',
  '{{providerNames}} is not connected yet, so its key is needed.':
    '{{providerNames}} aún no está conectado, así que hace falta su clave.',
  'This answer was not found.': 'No se ha encontrado esta respuesta.',
  'Nothing of a temporary conversation is kept, no rating either.':
    'De una conversación temporal no se guarda nada, tampoco una valoración.',
  'Wait until the answer is whole.': 'Espere a que la respuesta esté completa.',
  'This rating was not found.': 'No se ha encontrado esta valoración.',
  'Open Pinchy over HTTPS first: a domain can only be locked by a request that came through it. Behind a proxy, set TRUSTED_PROXIES.':
    'Abra antes Pinchy por HTTPS: un dominio solo se puede fijar con una solicitud que haya llegado por él. Detrás de un proxy, configure TRUSTED_PROXIES.',
  'You opened Pinchy on {{host}}. Open it on {{domain}} to lock that domain.':
    'Ha abierto Pinchy en {{host}}. Ábralo en {{domain}} para fijar ese dominio.',
  'Pinchy is locked to https://{{locked}}. Open it there.': 'Pinchy está fijado a https://{{locked}}. Ábralo allí.',
  'This setting is changed under {{owner}}.': 'Este ajuste se cambia en {{owner}}.',
  'Pinchy is set up already. Sign in instead.': 'Pinchy ya está configurado. Inicie sesión.',
  'The source was not found.': 'No se ha encontrado la fuente.',
  'This is a page of the web: open its address.': 'Es una página web: abra su dirección.',
  'The agent may not read documents any more.': 'El agente ya no puede leer documentos.',
  'The agent may not read this document any more.': 'El agente ya no puede leer este documento.',
  'This document is not there any more.': 'Este documento ya no está.',
  'Connect the main bot first: people link their Telegram accounts through it.':
    'Conecte antes el bot principal: las personas vinculan con él sus cuentas de Telegram.',
  'This bot is connected to another agent already. Disconnect it there, or make another bot.':
    'Este bot ya está conectado a otro agente. Desconéctelo allí, o cree otro bot.',
  'The main bot cannot be disconnected alone. Remove Telegram for everyone under Settings → Telegram.':
    'El bot principal no se puede desconectar por separado. Quite Telegram para todos en Ajustes → Telegram.',
  'A Telegram bot of this agent was not found.': 'No se ha encontrado un bot de Telegram de este agente.',
  'This code is not valid or has expired. Write to the bot again to get a new one.':
    'Este código no es válido o ha caducado. Escriba de nuevo al bot para obtener otro.',
  'This Telegram account is linked to someone else. They have to unlink it first.':
    'Esta cuenta de Telegram está vinculada a otra persona, que debe desvincularla antes.',
  'Too many wrong codes. Try again in 1 minute.':
    'Demasiados códigos erróneos. Vuelva a intentarlo dentro de 1 minuto.',
  'Too many wrong codes. Try again in {{count}} minutes.':
    'Demasiados códigos erróneos. Vuelva a intentarlo dentro de {{count}} minutos.',
  'A linked Telegram account was not found.': 'No se ha encontrado una cuenta de Telegram vinculada.',
  'Your files and conversations may take {{limit}} altogether, and this file does not fit in any more. Delete conversations that you no longer need; the room of their files is free the next day.':
    'Sus archivos y conversaciones pueden ocupar {{limit}} en total, y este archivo ya no cabe. Elimine conversaciones que ya no necesite; el espacio de sus archivos queda libre al día siguiente.',
  'A file may have at most 25 MiB.': 'Un archivo puede tener como máximo 25 MiB.',
  'The file was not found.': 'No se ha encontrado el archivo.',
  'Send the file as multipart/form-data.': 'Envíe el archivo como multipart/form-data.',
  'Send one file.': 'Envíe un archivo.',
  'There is no time zone "{{tz}}".': 'No existe la zona horaria «{{tz}}».',
  'Your account was not found.': 'No se ha encontrado su cuenta.',
  'An account with the e-mail address {{email}} was not found.':
    'No se ha encontrado una cuenta con la dirección de correo {{email}}.',
  'The account {{email}} is deactivated. An admin has to reactivate it first.':
    'La cuenta {{email}} está desactivada. Un administrador debe reactivarla antes.',
  'The current password is not right.': 'La contraseña actual no es correcta.',
  'This link is not valid. Ask your admin for a new one.':
    'Este enlace no es válido. Pida uno nuevo a su administrador.',
  'Enter your name.': 'Indique su nombre.',
  'This invite is for another e-mail address.': 'Esta invitación es para otra dirección de correo.',
  'Enter your e-mail address.': 'Indique su dirección de correo.',
  'There is an account with this e-mail address already. Sign in instead.':
    'Ya existe una cuenta con esta dirección de correo. Inicie sesión.',
  'This link was not found.': 'No se ha encontrado este enlace.',
  'This link was used already. Sign in, or ask your admin for a new one.':
    'Este enlace ya se ha usado. Inicie sesión, o pida uno nuevo a su administrador.',
  'This link has expired. Ask your admin for a new one.': 'Este enlace ha caducado. Pida uno nuevo a su administrador.',
  '{{name}} has an account with this address, which is deactivated. Reactivate it instead.':
    '{{name}} tiene una cuenta con esta dirección, que está desactivada. Reactívela en su lugar.',
  'Inviting into groups needs an active enterprise licence.':
    'Invitar a grupos requiere una licencia de empresa activa.',
  'A pending invite with this id was not found.':
    'No se ha encontrado una invitación pendiente con este identificador.',
  'You cannot block your own password. Change it under Settings → Profile, or ask another admin to reset it.':
    'No puede bloquear su propia contraseña. Cámbiela en Ajustes → Perfil, o pida a otro administrador que la restablezca.',
  'The user was not found.': 'No se ha encontrado a la persona.',
  'You cannot change your own role. Ask another admin.':
    'No puede cambiar su propio rol. Pídaselo a otro administrador.',
  'The last admin cannot be demoted.': 'Al último administrador no se le puede quitar ese rol.',
  'You cannot deactivate yourself. Ask another admin.':
    'No puede desactivarse a sí mismo. Pídaselo a otro administrador.',
  'The last admin cannot be deactivated.': 'El último administrador no se puede desactivar.',
  'A deactivated user with this id was not found.':
    'No se ha encontrado a una persona desactivada con este identificador.',
  'Too much of what you sent has not arrived in full yet. Try again later.':
    'Demasiado de lo que ha enviado aún no ha llegado completo. Vuelva a intentarlo más tarde.',
  'Too much is being sent to this server at the moment. Try again in a moment.':
    'Se está enviando demasiado a este servidor en este momento. Vuelva a intentarlo enseguida.',
  'Too many exports are under way at the moment. Try again in a moment.':
    'Hay demasiadas exportaciones en curso en este momento. Vuelva a intentarlo enseguida.',
  'Too many files of yours are being read already. Wait a moment, then try again.':
    'Ya se están leyendo demasiados archivos suyos. Espere un momento y vuelva a intentarlo.',
  'You have copied {{copiesPerHour}} conversations within an hour. Wait, then try again.':
    'Ha copiado {{copiesPerHour}} conversaciones en una hora. Espere y vuelva a intentarlo.',
  'Too much of yours is being listed already. Wait a moment, then try again.':
    'Ya se está listando demasiado para usted. Espere un momento y vuelva a intentarlo.',
  '{{maxPerPerson}} downloads are under way for you already. Try again when one of them has ended.':
    'Ya hay {{maxPerPerson}} descargas suyas en curso. Vuelva a intentarlo cuando una haya terminado.',
  'One form may have at most {{maxDocumentsPerForm}} documents.':
    'Un formulario puede tener como máximo {{maxDocumentsPerForm}} documentos.',
  'The request could not be read.': 'No se ha podido leer la solicitud.',
  'The disk of the server is full: nothing can be stored. Tell your admin.':
    'El disco del servidor está lleno: no se puede guardar nada. Avise a su administrador.',
  'Something went wrong on the server. Try again; if it stays, tell your admin the request id.':
    'Algo ha fallado en el servidor. Vuelva a intentarlo; si continúa, dé a su administrador el identificador de la solicitud.',
  'The request is not valid.': 'La solicitud no es válida.',
  'This value is not valid.': 'Este valor no es válido.',
  'This field is not known here.': 'Este campo no se conoce aquí.',
  'There is no such API endpoint.': 'No existe ese punto de acceso de la API.',
  'The upload is not a complete form with files. Try again.':
    'La subida no es un formulario completo con archivos. Vuelva a intentarlo.',
  'The API reference is being fetched too often at the moment. Try again in a moment.':
    'La referencia de la API se está pidiendo demasiado en este momento. Vuelva a intentarlo enseguida.',
  'This request came from another site and was refused.': 'Esta solicitud venía de otro sitio web y se ha rechazado.',
  'Your browser sent two session cookies, and only one can be yours. Try again, or sign in. If this stays, delete the cookies of this address and of its neighbours in your browser.':
    'Su navegador envió dos cookies de sesión, y solo una puede ser suya. Vuelva a intentarlo, o inicie sesión. Si continúa, elimine en su navegador las cookies de esta dirección y de sus vecinas.',
  'The file did not get on. Check your connection, then try again.':
    'El archivo no avanzaba. Compruebe su conexión y vuelva a intentarlo.',
  'Too many searches are running at the moment. Try again in a moment.':
    'Hay demasiadas búsquedas en curso en este momento. Vuelva a intentarlo enseguida.',
  'The model answers vectors of {{size}} numbers where they had {{dimensions}}: it was replaced by another of the same name. Switch search by meaning off and on again.':
    'El modelo responde con vectores de {{size}} números donde tenían {{dimensions}}: se sustituyó por otro del mismo nombre. Desactive la búsqueda por significado y vuelva a activarla.',
  'The address {{which}} is not allowed: it is {{refusal}}.':
    'La dirección {{which}} no está permitida: está {{refusal}}.',
  'The address of {{bare}} is not allowed.': 'La dirección de {{bare}} no está permitida.',
  'The host {{bare}} was not found.': 'No se ha encontrado el host {{bare}}.',
  'That is not a web address.': 'Esto no es una dirección web.',
  'Only http and https addresses are allowed.': 'Solo se permiten direcciones http y https.',
  'The address must not contain a user name or password.':
    'La dirección no puede contener nombre de usuario ni contraseña.',
  'This needs an active enterprise licence. Add a key under Settings → Licence.':
    'Esto requiere una licencia de empresa activa. Añada una clave en Ajustes → Licencia.',
  '{{host}} answered with a redirect.': '{{host}} ha respondido con una redirección.',
  '{{host}} redirected too often.': '{{host}} ha redirigido demasiadas veces.',
  '{{host}} redirected to something that is not an address.': '{{host}} ha redirigido a algo que no es una dirección.',
  '{{origin}} redirected a request elsewhere: it leads to {{origin2}}.':
    '{{origin}} ha redirigido una solicitud a otro lugar: lleva a {{origin2}}.',
  '{{host}} redirected a request elsewhere.': '{{host}} ha redirigido una solicitud a otro lugar.',
  'The answer is larger than {{maxBytes}} bytes.': 'La respuesta es mayor de {{maxBytes}} bytes.',
  'The request was stopped.': 'La solicitud se detuvo.',
  '{{host}} did not answer in time.': '{{host}} no ha respondido a tiempo.',
  '{{host}} could not be reached.': 'No se ha podido acceder a {{host}}.',
  '“{{safe}}” can.': '«{{safe}}» sí.',
  'For an Odoo in a private network, start Pinchy with ALLOW_PRIVATE_URLS=1.':
    'Para un Odoo en una red privada, inicie Pinchy con ALLOW_PRIVATE_URLS=1.',
  'A personal agent cannot be duplicated.': 'Un agente personal no se puede duplicar.',
  'There are {{maxPrompts}} prompts already. Delete one that is not used any more.':
    'Ya hay {{maxPrompts}} prompts. Elimine uno que ya no se use.',
  'The prompt was not found.': 'No se ha encontrado el prompt.',
  '{{providerNames}} does not offer this model.': '{{providerNames}} no ofrece este modelo.',
  'Too many checks. Wait 1 second, then check again.':
    'Demasiadas comprobaciones. Espere 1 segundo y vuelva a comprobar.',
  'Too many checks. Wait {{count}} seconds, then check again.':
    'Demasiadas comprobaciones. Espere {{count}} segundos y vuelva a comprobar.',
  'Sharing conversations is switched off. An admin can allow it.':
    'Compartir conversaciones está desactivado. Un administrador puede permitirlo.',
  'One of these people does not exist, may not use this agent, or is yourself.':
    'Una de estas personas no existe, no puede usar este agente, o es usted.',
  'One of these groups does not exist, or you are not in it.': 'Uno de estos grupos no existe, o usted no está en él.',
  'Nothing has been said in this conversation that could be shared.':
    'En esta conversación no se ha dicho nada que se pueda compartir.',
  'This conversation is too long to be shared: it has more than {{maxSharedMessages}} messages.':
    'Esta conversación es demasiado larga para compartirla: tiene más de {{maxSharedMessages}} mensajes.',
  'Conversations with a personal agent cannot be shared: nobody else may use it.':
    'Las conversaciones con un agente personal no se pueden compartir: nadie más puede usarlo.',
  'A link to this conversation was not found.': 'No se ha encontrado un enlace a esta conversación.',
  'This conversation is too long to be copied.': 'Esta conversación es demasiado larga para copiarla.',
  'Your conversations and files take {{limit}} already. Delete some first.':
    'Sus conversaciones y archivos ya ocupan {{limit}}. Elimine antes algunos.',
  'Nothing was said that could be copied.': 'No se dijo nada que se pueda copiar.',
};
