import type { Sentences } from '../match-sentences.ts';

/** What the report about an installation finds, in Spanish. */
export const report: Sentences = {
  'Look at PINCHY_HOME.': 'Examine PINCHY_HOME.',
  'docs/environment.md says what each variable takes.': 'docs/environment.md dice qué admite cada variable.',
  'Pinchy {{version}}, Node.js {{node}}, {{platform}} {{release}} on {{arch}}.':
    'Pinchy {{version}}, Node.js {{node}}, {{platform}} {{release}} en {{arch}}.',
  'The log of the server may say why.': 'Quizá el registro del servidor diga por qué.',
  'Everything else waits for it.': 'Todo lo demás espera por ella.',
  'Let the machine keep its time by NTP: sign-ins, licences and the order of the trail depend on it.':
    'Deje que la máquina mantenga su hora por NTP: de ella dependen los inicios de sesión, las licencias y el orden del registro.',
  '{{Math}} seconds ahead of {{than}}.': '{{Math}} segundos por delante {{than}}.',
  '{{Math}} seconds behind {{than}}.': '{{Math}} segundos por detrás {{than}}.',
  "Agrees with the database's.": 'Coincide con el de la base de datos.',
  "Agrees with the database's and a provider's.": 'Coincide con el de la base de datos y el de un proveedor.',
  'PostgreSQL {{version}}, {{kind}}, {{bytes}} (index of documents: {{index_bytes}}), {{connections}} of {{max_connections}} connections.':
    'PostgreSQL {{version}}, {{kind}}, {{bytes}} (índice de documentos: {{index_bytes}}), {{connections}} de {{max_connections}} conexiones.',
  '{{name}} is off: a power cut may lose what was acknowledged.':
    '{{name}} está desactivado: un corte de luz puede perder lo que ya se confirmó.',
  'Set {{name}} to on.': 'Ponga {{name}} en on.',
  'Its encoding is {{encoding}}.': 'Su codificación es {{encoding}}.',
  'Create the database with the encoding UTF8.': 'Cree la base de datos con la codificación UTF8.',
  'It is a read-only copy.': 'Es una copia de solo lectura.',
  'Let DATABASE_URL name the server that may write.': 'DATABASE_URL debe nombrar el servidor que puede escribir.',
  '{{connections}} of {{max_connections}} connections are taken.':
    '{{connections}} de {{max_connections}} conexiones están ocupadas.',
  'Raise max_connections (20 for each Pinchy process), or stop what holds them.':
    'Suba max_connections (20 por cada proceso de Pinchy) o detenga lo que las ocupa.',
  'Look for it in pg_stat_activity, and end it with pg_terminate_backend.':
    'Búsquela en pg_stat_activity y termínela con pg_terminate_backend.',
  'A transaction has been open for {{minutes}} minutes.': 'Una transacción lleva abierta {{minutes}} minutos.',
  'It holds no Pinchy yet.': 'Todavía no contiene ningún Pinchy.',
  'Start Pinchy once.': 'Inicie Pinchy una vez.',
  'It is of an older Pinchy.': 'Es de un Pinchy anterior.',
  'Start this version; it brings the database up to date.': 'Inicie esta versión; pone la base de datos al día.',
  'It is of a newer Pinchy.': 'Es de un Pinchy más reciente.',
  'Use that version, or restore an older backup.': 'Use esa versión o restaure una copia de seguridad anterior.',
  'For a team, put a proxy with HTTPS in front and lock the domain under Settings → Security.':
    'Para un equipo, ponga delante un proxy con HTTPS y bloquee el dominio en Ajustes → Seguridad.',
  'No domain is locked, so Pinchy may be reached without HTTPS.':
    'No hay ningún dominio bloqueado, así que quizá se llegue a Pinchy sin HTTPS.',
  'Locked to a domain, which answers over HTTPS from here.':
    'Bloqueado en un dominio, que responde por HTTPS desde aquí.',
  'Locked to a domain, which does not answer from this machine ({{error}}).':
    'Bloqueado en un dominio que no responde desde esta máquina ({{error}}).',
  'If it does not open in a browser either, look at the DNS entry, the certificate and the proxy.':
    'Si tampoco se abre en un navegador, revise la entrada DNS, el certificado y el proxy.',
  'At the locked domain something else than Pinchy answers.': 'En el dominio bloqueado responde algo que no es Pinchy.',
  'Point the proxy at this server.': 'Dirija el proxy a este servidor.',
  '1 request came through a proxy that TRUSTED_PROXIES does not name, so its headers do not count.':
    '1 solicitud llegó por un proxy que TRUSTED_PROXIES no nombra, así que sus cabeceras no cuentan.',
  '{{count}} requests came through a proxy that TRUSTED_PROXIES does not name, so its headers do not count.':
    '{{count}} solicitudes llegaron por un proxy que TRUSTED_PROXIES no nombra, así que sus cabeceras no cuentan.',
  'Set TRUSTED_PROXIES to the address of the proxy, if it is yours.':
    'Ponga en TRUSTED_PROXIES la dirección del proxy, si es suyo.',
  '1 request came through a trusted proxy, but never over HTTPS.':
    '1 solicitud llegó por un proxy de confianza, pero nunca por HTTPS.',
  '{{count}} requests came through a trusted proxy, but never over HTTPS.':
    '{{count}} solicitudes llegaron por un proxy de confianza, pero nunca por HTTPS.',
  'Let the proxy send X-Forwarded-Proto, and redirect http to https.':
    'Haga que el proxy envíe X-Forwarded-Proto y redirija http a https.',
  '1 request over HTTPS and {{plain}} over http by a trusted proxy.':
    '1 solicitud por HTTPS y {{plain}} por http de un proxy de confianza.',
  '{{count}} requests over HTTPS and {{plain}} over http by a trusted proxy.':
    '{{count}} solicitudes por HTTPS y {{plain}} por http de un proxy de confianza.',
  'Trusted proxies: {{trusted}}; none was seen.': 'Proxies de confianza: {{trusted}}; no se ha visto ninguno.',
  'Start it with pinchy openclaw, or set OPENCLAW_URL to where it is; docs/openclaw.md says how they pair.':
    'Inícielo con pinchy openclaw o ponga en OPENCLAW_URL dónde está; docs/openclaw.md dice cómo se emparejan.',
  'The server is connected to it.': 'El servidor está conectado a él.',
  'The server is not connected to it, so agents do not answer.':
    'El servidor no está conectado a él, así que los agentes no responden.',
  'Something listens at OPENCLAW_URL.': 'Algo escucha en OPENCLAW_URL.',
  'Nothing listens at OPENCLAW_URL.': 'Nada escucha en OPENCLAW_URL.',
  'Put PINCHY_HOME/secrets back, from a backup for instance, before you start Pinchy.':
    'Restituya PINCHY_HOME/secrets, por ejemplo de una copia de seguridad, antes de iniciar Pinchy.',
  'Neither set nor kept: {{missing}}.': 'Ni fijado ni guardado: {{missing}}.',
  'Run chmod 700 on PINCHY_HOME/secrets and chmod 600 on the files in it.':
    'Ejecute chmod 700 en PINCHY_HOME/secrets y chmod 600 en los archivos que contiene.',
  'Others on this machine may read PINCHY_HOME/secrets.': 'Otros en esta máquina pueden leer PINCHY_HOME/secrets.',
  'They are those that the database was written with.': 'Son las que se usaron para escribir la base de datos.',
  '{{free}} of {{blocks}} are free where PINCHY_HOME is.':
    '{{free}} de {{blocks}} están libres donde está PINCHY_HOME.',
  '{{says}} It has room for 1 more file.': '{{says}} Hay sitio para 1 archivo más.',
  '{{says}} It has room for {{count}} more files.': '{{says}} Hay sitio para {{count}} archivos más.',
  'Delete files, or move PINCHY_HOME to another disk.': 'Elimine archivos o traslade PINCHY_HOME a otro disco.',
  'Make room, or move PINCHY_HOME to a larger disk while Pinchy is stopped.':
    'Haga sitio o traslade PINCHY_HOME a un disco mayor con Pinchy detenido.',
  '{{available}} of memory are available.': 'Hay {{available}} de memoria disponibles.',
  'Pinchy with its database takes about 300 MB: stop other programs, or give the machine more.':
    'Pinchy con su base de datos necesita unos 300 MB: detenga otros programas o dé más a la máquina.',
  'DATA_ROOT can be read.': 'DATA_ROOT se puede leer.',
  'DATA_ROOT cannot be read, so agents have no documents.':
    'DATA_ROOT no se puede leer, así que los agentes no tienen documentos.',
  'Set DATA_ROOT to the directory above those that agents may read.':
    'Ponga en DATA_ROOT el directorio que está por encima de los que los agentes pueden leer.',
  'Connect one under Settings → Providers.': 'Conecte uno en Ajustes → Proveedores.',
  'No model provider is connected.': 'No hay ningún proveedor de modelos conectado.',
  'Answers, with 1 model.': 'Responde, con 1 modelo.',
  'Answers, with {{count}} models.': 'Responde, con {{count}} modelos.',
  'Check the network, or the key under Settings → Providers.': 'Compruebe la red o la clave en Ajustes → Proveedores.',
  'It does not answer.': 'No responde.',
  'Start Pinchy with the ENCRYPTION_KEY it was set up with, or enter the key of the provider again.':
    'Inicie Pinchy con la ENCRYPTION_KEY con la que se configuró o introduzca de nuevo la clave del proveedor.',
  'Its key cannot be read.': 'Su clave no se puede leer.',
  'Set PORT as the server has it, to examine one that runs.':
    'Ponga PORT como lo tiene el servidor, para examinar uno en marcha.',
  'PORT is 0, so where the server listens is not known.': 'PORT es 0, así que no se sabe dónde escucha el servidor.',
  'Stop what holds port {{port}}, if it is not Pinchy; if it is, look at its log.':
    'Detenga lo que ocupa el puerto {{port}}, si no es Pinchy; si lo es, mire su registro.',
  'Something holds port {{port}} and does not answer.': 'Algo ocupa el puerto {{port}} y no responde.',
  'Not running: port {{port}} is free.': 'No está en marcha: el puerto {{port}} está libre.',
  'Stop that program, or set PORT to a free one.': 'Detenga ese programa o ponga en PORT uno libre.',
  'Another program answers at port {{port}}.': 'Otro programa responde en el puerto {{port}}.',
  'Running at port {{port}}, without its database.': 'En marcha en el puerto {{port}}, sin su base de datos.',
  'See Database below; the server connects by itself once it answers.':
    'Vea Base de datos más abajo; el servidor se conecta solo en cuanto responda.',
  'Pinchy {{version}} runs at port {{port}}; this is {{version2}}.':
    'Pinchy {{version}} está en marcha en el puerto {{port}}; este es {{version2}}.',
  'Restart the server, so that it is the version that was installed.':
    'Reinicie el servidor para que sea la versión instalada.',
  'Running at port {{port}}.': 'En marcha en el puerto {{port}}.',
  'Running at port {{port}}, {{memory}} of memory, {{openChats}}, {{answers}}, {{requests}}.':
    'En marcha en el puerto {{port}}, {{memory}} de memoria, {{openChats}}, {{answers}}, {{requests}}.',
  'Verified, 1 entry.': 'Verificado, 1 entrada.',
  'Verified, {{count}} entries.': 'Verificado, {{count}} entradas.',
  'Does not verify: {{invalidIds}} changed, {{lost}} missing, other problems: {{problems}}.':
    'No supera la verificación: {{invalidIds}} con cambios, {{lost}} faltan, otros problemas: {{problems}}.',
  'See Audit in the web app for what was changed, and who may write to the database.':
    'Vea en el registro de auditoría qué se cambió, y quién puede escribir en la base de datos.',
  'Verify it under Audit in the web app.': 'Verifíquelo en la página del registro de auditoría.',
  'Too long to be verified within {{verifyTimeoutMs}} seconds.':
    'Demasiado largo para verificarse en {{verifyTimeoutMs}} segundos.',
  'Run pinchy backup <file>, and let a timer do it every night.':
    'Ejecute pinchy backup <archivo> y haga que un temporizador lo repita cada noche.',
  'None was made yet.': 'Todavía no se ha hecho ninguna.',
  'The last one was made {{age}} ago.': 'La última se hizo hace {{age}}.',
  'Not done yet: {{runs}}, {{approvals}}, {{telegram}}, {{unsealed}}.':
    'Aún por hacer: {{runs}}, {{approvals}}, {{telegram}}, {{unsealed}}.',
  'No server runs: the next start marks these answers as interrupted.':
    'No hay ningún servidor en marcha: el próximo inicio marcará estas respuestas como interrumpidas.',
  '{{replicas}} server processes work on this database.':
    '{{replicas}} procesos de servidor trabajan con esta base de datos.',
  'Give this command the PORT and HOST of the server, so that it can ask it too.':
    'Dé a este comando el PORT y el HOST del servidor, para que también pueda preguntarle.',
  'A server works on this database, and none answers at this port.':
    'Un servidor trabaja con esta base de datos y ninguno responde en este puerto.',
  'None yet: they begin with the first start.': 'Todavía ninguno: empiezan con el primer inicio.',
  'Failed within a day: {{failed}}.': 'Fallaron en un día: {{failed}}.',
  'The log of the server says why.': 'El registro del servidor dice por qué.',
  'Start a server with BACKGROUND_JOBS=1, which does them.': 'Inicie un servidor con BACKGROUND_JOBS=1, que las hace.',
  'Waiting: {{waiting}}, the oldest for {{late}}.': 'En espera: {{waiting}}, la más antigua desde hace {{late}}.',
  'Waiting: {{waiting}}.': 'En espera: {{waiting}}.',
};
