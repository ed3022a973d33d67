import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of the tools for Odoo, in Spanish. */
export const odoo: Sentences = {
  '{{model}} has no activities in Odoo.': '{{model}} no tiene actividades en Odoo.',
  'Schedules a {{word}} on {{name}} by {{deadline}} for {{whose}}: “{{summary}}”.':
    'Programa {{word}} en {{name}} para el {{deadline}}, para {{whose}}: «{{summary}}».',
  'Schedules a {{word}} on {{name}} by {{deadline}}: “{{summary}}”.':
    'Programa {{word}} en {{name}} para el {{deadline}}: «{{summary}}».',
  'Scheduled “{{summary}}” on {{name}}': '«{{summary}}» programado en {{name}}',
  'This activity is done already.': 'Esta actividad ya está hecha.',
  'Marks the activity {{name}} as done: “{{feedback}}”.': 'Marca la actividad {{name}} como hecha: «{{feedback}}».',
  'Marks the activity {{name}} as done.': 'Marca la actividad {{name}} como hecha.',
  'Closed {{name}}': '{{name}} cerrado',
  'The user {{id}} does not exist in Odoo.': 'La persona {{id}} no existe en Odoo.',
  '{{name}} is cancelled. A person has to make it a quotation again in Odoo.':
    '{{name}} está cancelado. Una persona debe volver a convertirlo en presupuesto en Odoo.',
  '{{name}} is confirmed already.': '{{name}} ya está confirmado.',
  'Confirms the quotation {{about}}: it becomes a sales order.':
    'Confirma el presupuesto {{about}}: se convierte en un pedido de venta.',
  'Confirmed {{name}}': '{{name}} confirmado',
  '“{{model}}” {{id}} does not exist in Odoo.': '«{{model}}» {{id}} no existe en Odoo.',
  'Odoo did not do it, but asks something first (“{{question}}”) that can only be answered in Odoo. Tell the person to do it there: {{name}}.':
    'Odoo no lo ha hecho, sino que antes pregunta algo («{{question}}») que solo se puede responder en Odoo. Hágalo allí: {{name}}.',
  'Odoo accepted the call, but {{name}} does not show it. Nothing is certain; tell the person to look in Odoo, and do not repeat the call.':
    'Odoo aceptó la llamada, pero {{name}} no lo muestra. Nada es seguro; mire en Odoo, y no repita la llamada.',
  '{{name}} is a journal entry; only bills and invoices are posted here.':
    '{{name}} es un asiento contable; aquí solo se contabilizan facturas.',
  '{{name}} is cancelled. A person has to set it to draft again in Odoo.':
    '{{name}} está cancelado. Una persona debe volver a ponerlo en borrador en Odoo.',
  '{{name}} is posted already.': '{{name}} ya está contabilizado.',
  '{{name}} cannot be posted: it lacks {{missing}}.': '{{name}} no se puede contabilizar: le falta {{missing}}.',
  'Posts the {{kind}} {{called}}{{move}} over {{amount}}{{day}}. It is in the books then.':
    'Contabiliza {{kind}} {{called}}{{move}} por {{amount}}{{day}}. Después queda en los libros.',
  'Posted {{number}}': '{{number}} contabilizado',
  '{{name}} is a journal entry; payments are for bills and invoices.':
    '{{name}} es un asiento contable; los pagos son para facturas.',
  '{{name}} is not posted, so no payment can be registered for it.':
    '{{name}} no está contabilizado, así que no se puede registrar un pago.',
  '{{name}} is paid already.': '{{name}} ya está pagado.',
  'Only {{open}} of {{name}} is open, less than {{amount}}.':
    'De {{name}} solo queda pendiente {{open}}, menos que {{amount}}.',
  'Registers a payment of {{sum}}{{rest}} for the {{kind}} {{name}}{{move}}{{through}}, dated {{date}}.':
    'Registra un pago de {{sum}}{{rest}} para {{kind}} {{name}}{{move}}{{through}}, con fecha {{date}}.',
  'Registers a payment of {{sum}}{{rest}} for the {{kind}} {{name}}{{move}}{{through}}, dated today.':
    'Registra un pago de {{sum}}{{rest}} para {{kind}} {{name}}{{move}}{{through}}, con fecha de hoy.',
  'Registered {{sum}} for {{name}}': '{{sum}} registrado para {{name}}',
  'The journal {{id}} does not exist in Odoo.': 'El diario {{id}} no existe en Odoo.',
  '{{journal}} is no bank or cash journal.': '{{journal}} no es un diario de banco ni de caja.',
  '{{model}} has no messages in Odoo.': '{{model}} no tiene mensajes en Odoo.',
  'Noted on {{name}}': 'Nota puesta en {{name}}',
  'Sent a message on {{name}}': 'Mensaje enviado en {{name}}',
  '{{name}} is validated already.': '{{name}} ya está validado.',
  '{{name}} is cancelled.': '{{name}} está cancelado.',
  'Nothing is reserved for {{name}} yet ({{moves}}). A person has to enter what moved in Odoo.':
    'Aún no hay nada reservado para {{name}} ({{moves}}). Una persona debe indicar en Odoo qué se movió.',
  '{{name}} is not complete: {{missing}}. Ask the person what becomes of the rest, and say it with remaining: "backorder" or "cancel".':
    '{{name}} no está completo: {{missing}}. Hay que decir qué pasa con el resto: «backorder» (entrega posterior) o «cancel» (cancelar).',
  'Validates the {{kind}} {{name}} ({{whom}}){{goods}}.{{rest}} This cannot be undone.':
    'Valida {{kind}} {{name}} ({{whom}}){{goods}}.{{rest}} Esto no se puede deshacer.',
  'Validates the {{kind}} {{name}}{{goods}}.{{rest}} This cannot be undone.':
    'Valida {{kind}} {{name}}{{goods}}.{{rest}} Esto no se puede deshacer.',
  '{{name}} is not complete, and Odoo asks what becomes of the rest. Ask the person, and say it with remaining: "backorder" or "cancel".':
    '{{name}} no está completo, y Odoo pregunta qué pasa con el resto. Hay que decir: «backorder» (entrega posterior) o «cancel» (cancelar).',
  'Validated {{name}}': '{{name}} validado',
  'The values are nested too deeply.': 'Los valores están anidados con demasiada profundidad.',
  'Odoo works out {{readonly}} of {{model}} itself; leave it out. Workflow steps such as confirming or posting are a person’s in Odoo.':
    'Odoo calcula por sí mismo {{readonly}} de {{model}}; hay que omitirlo. Los pasos como confirmar o contabilizar son cosa de una persona en Odoo.',
  '{{model}}.{{name}} takes the id of a record, or false to empty it.':
    '{{model}}.{{name}} admite el identificador de un registro, o false para vaciarlo.',
  '{{model}}.{{name}} cannot be written.': '{{model}}.{{name}} no se puede escribir.',
  '{{model}}.{{name}} takes a list of commands such as [[0, 0, {values}]].':
    '{{model}}.{{name}} admite una lista de órdenes como [[0, 0, {values}]].',
  'This agent may not change records of “{{related}}” in {{name}}, so it cannot through {{model}}.{{name2}}.':
    'Este agente no puede cambiar registros de «{{related}}» en {{name}}, así que tampoco a través de {{model}}.{{name2}}.',
  'This agent may not {{operation}} records of “{{related}}” in {{name}}, so it cannot through {{model}}.{{name2}}.':
    'Este agente no puede {{operation}} registros de «{{related}}» en {{name}}, así que tampoco a través de {{model}}.{{name2}}.',
  'A command of {{model}}.{{name}} lacks its values: [0, 0, {values}] or [1, id, {values}].':
    'A una orden de {{model}}.{{name}} le faltan los valores: [0, 0, {values}] o [1, id, {values}].',
  'A command of {{model}}.{{name}} lacks the id to delete: [2, id, 0].':
    'A una orden de {{model}}.{{name}} le falta el identificador que eliminar: [2, id, 0].',
  'Lines of {{model}}.{{name}} go one by one, each named by its id: [2, id, 0].':
    'Las líneas de {{model}}.{{name}} van una a una, cada una con su identificador: [2, id, 0].',
  '{{model}}.{{name}} takes commands: [0, 0, {values}], [1, id, {values}], [2, id, 0], [3, id, 0], [4, id, 0], [5, 0, 0], [6, 0, [ids]].':
    '{{model}}.{{name}} admite órdenes: [0, 0, {values}], [1, id, {values}], [2, id, 0], [3, id, 0], [4, id, 0], [5, 0, 0], [6, 0, [ids]].',
  'Only records that were read in this conversation can be deleted. Read {{model}} {{unseen}} first, and show the person what they are.':
    'Solo se pueden eliminar registros leídos en esta conversación. Antes hay que leer {{model}} {{unseen}} y mostrárselos a usted.',
  'Odoo still has {{model}} {{left}} after the call. Nothing is certain; ask the person to check.':
    'Odoo sigue teniendo {{model}} {{left}} tras la llamada. Nada es seguro; compruébelo.',
  'This agent may not {{verbs}} records of “{{model}}” in {{name}}. An admin can allow it in the agent’s permissions.':
    'Este agente no puede {{verbs}} registros de «{{model}}» en {{name}}. Un administrador puede permitirlo en los permisos del agente.',
  'No Odoo connection is enabled for this agent.': 'No hay ninguna conexión de Odoo activada para este agente.',
  'This agent has no Odoo connection of that name. It has: {{list}}.':
    'Este agente no tiene una conexión de Odoo con ese nombre. Tiene: {{list}}.',
  'Name the connection to use by its id: {{list}}.': 'Hay que indicar la conexión por su identificador: {{list}}.',
  'Odoo took the file, but the attachment {{id}} does not hold it as sent. Tell the person to check it; do not repeat the call.':
    'Odoo tomó el archivo, pero el adjunto {{id}} no lo contiene tal como se envió. Compruébelo; la llamada no se repite.',
  'Attached {{name}} to {{record}}': '{{name}} adjuntado a {{record}}',
  '{{virtualPath}} is a directory.': '{{virtualPath}} es un directorio.',
  '{{path}} is empty.': '{{path}} está vacío.',
  '{{path}} is larger than {{maxBytes}} MB and cannot be attached.':
    '{{path}} es mayor de {{maxBytes}} MB y no se puede adjuntar.',
  'Odoo answered with something else than records.': 'Odoo ha respondido con algo que no son registros.',
  'Odoo did not say which record it created.': 'Odoo no ha dicho qué registro creó.',
  'Odoo did not describe the model.': 'Odoo no ha descrito el modelo.',
  'Odoo answered with something else than groups.': 'Odoo ha respondido con algo que no son grupos.',
  'Deletes for good from {{name}}: {{noun}}, {{names}}.': 'Elimina definitivamente de {{name}}: {{noun}}, {{names}}.',
  'Deleted {{noun}}: {{names}}': 'Ha eliminado {{noun}}: {{names}}',
  'No Odoo connection is enabled for this agent. An admin can enable one.':
    'No hay ninguna conexión de Odoo activada para este agente. Un administrador puede activar una.',
  'Listed 1 Odoo model': '1 modelo de Odoo listado',
  'Listed {{count}} Odoo models': '{{count}} modelos de Odoo listados',
  '{{model}} has 1 field; offset {{offset}} is beyond its last.':
    '{{model}} tiene 1 campo; offset {{offset}} queda más allá.',
  '{{model}} has {{count}} fields; offset {{offset}} is beyond its last.':
    '{{model}} tiene {{count}} campos; offset {{offset}} queda más allá.',
  'Described “{{model}}”': '«{{model}}» descrito',
  'Odoo refused the login. Check the user name and the API key.':
    'Odoo ha rechazado el inicio de sesión. Compruebe el nombre de usuario y la clave de API.',
  'Odoo wants the session of a browser here (“Session expired”). Check the address and the name of the database.':
    'Odoo pide aquí la sesión de un navegador («Session expired»). Compruebe la dirección y el nombre de la base de datos.',
  'Odoo denied access: {{said}}{{message}}': 'Odoo ha denegado el acceso: {{said}}{{message}}',
  'Odoo has no such record (any more): {{said}}': 'Odoo no tiene (ya) ese registro: {{said}}',
  'This Odoo does not have the model; its app may not be installed.':
    'Este Odoo no tiene el modelo; puede que su aplicación no esté instalada.',
  'This Odoo has no database of that name.': 'Este Odoo no tiene una base de datos con ese nombre.',
  'Odoo did not accept it: {{said}}': 'Odoo no lo ha aceptado: {{said}}',
  'Odoo could not use the request: {{said}}': 'Odoo no ha podido usar la solicitud: {{said}}',
  'Odoo reported an error: {{said}}': 'Odoo ha informado de un error: {{said}}',
  'The request to Odoo was stopped.': 'La solicitud a Odoo se detuvo.',
  '{{message}} Enter the address that it leads to.': '{{message}} Indique la dirección a la que lleva.',
  'Odoo’s answer is too large. Ask for fewer records or fields.':
    'La respuesta de Odoo es demasiado grande. Pida menos registros o campos.',
  'Odoo did not answer: {{message}}': 'Odoo no ha respondido: {{message}}',
  'The domain is incomplete: "&" and "|" stand before the two conditions they combine, "!" before one.':
    'El dominio está incompleto: «&» y «|» van delante de las dos condiciones que combinan, «!» delante de una.',
  '{{JSON}} is not a field; a condition is ["field", "operator", value].':
    '{{JSON}} no es un campo; una condición es ["field", "operator", value].',
  '{{JSON}} is not an operator. There are: {{value}}.': '{{JSON}} no es un operador. Existen: {{value}}.',
  'Found no record of “{{label}}”': 'No ha encontrado ningún registro de «{{label}}»',
  'Found and read {{noun}}': 'Ha encontrado y leído {{noun}}',
  'Found {{noun}} and read {{shown}}': 'Ha encontrado {{noun}} y leído {{shown}}',
  'Counted {{noun}}': 'Ha contado {{noun}}',
  'There are no groups from offset {{offset}} on.': 'No hay grupos a partir de offset {{offset}}.',
  'Aggregated “{{label}}” into 1 group': '«{{label}}» agregado en 1 grupo',
  'Aggregated “{{label}}” into {{count}} groups': '«{{label}}» agregado en {{count}} grupos',
  'A proxy before {{host}} asks for a sign-in of its own ({{status}}). Let Pinchy through it without one.':
    'Un proxy delante de {{host}} pide su propio inicio de sesión ({{status}}). Deje pasar a Pinchy sin él.',
  'A proxy or firewall before {{host}} refused the request (403). Let Pinchy’s address through to Odoo’s API.':
    'Un proxy o cortafuegos delante de {{host}} ha rechazado la solicitud (403). Deje pasar la dirección de Pinchy a la API de Odoo.',
  'The proxy before {{host}} refused the request as too large (413).':
    'El proxy delante de {{host}} ha rechazado la solicitud por ser demasiado grande (413).',
  'The proxy before {{host}} refused the request: too many in a short time (429). Try again in 1 second; if it goes on, allow Pinchy more requests there.':
    'El proxy delante de {{host}} ha rechazado la solicitud: demasiadas en poco tiempo (429). Vuelva a intentarlo dentro de 1 segundo; si continúa, permita allí más solicitudes a Pinchy.',
  'The proxy before {{host}} refused the request: too many in a short time (429). Try again in {{count}} seconds; if it goes on, allow Pinchy more requests there.':
    'El proxy delante de {{host}} ha rechazado la solicitud: demasiadas en poco tiempo (429). Vuelva a intentarlo dentro de {{count}} segundos; si continúa, permita allí más solicitudes a Pinchy.',
  'The proxy before {{host}} refused the request: too many in a short time (429). Try again in a moment; if it goes on, allow Pinchy more requests there.':
    'El proxy delante de {{host}} ha rechazado la solicitud: demasiadas en poco tiempo (429). Vuelva a intentarlo enseguida; si continúa, permita allí más solicitudes a Pinchy.',
  'The server answered with status {{status}}. Odoo may be restarting.':
    'El servidor ha respondido con el estado {{status}}. Puede que Odoo se esté reiniciando.',
  '{{host}} does not answer like Odoo. Check the address.': '{{host}} no responde como Odoo. Compruebe la dirección.',
  'The server does not answer like Odoo. Check the address.':
    'El servidor no responde como Odoo. Compruebe la dirección.',
  'Odoo cannot send this answer over XML-RPC. Let the proxy pass /jsonrpc as well.':
    'Odoo no puede enviar esta respuesta por XML-RPC. Haga que el proxy deje pasar también /jsonrpc.',
  'Odoo did not say what.': 'Odoo no ha dicho qué.',
  'Access denied by Odoo ({{name}}, “{{model}}”). This does not mean that nothing is there: the user of the connection may not. {{message}}':
    'Odoo ha denegado el acceso ({{name}}, «{{model}}»). Esto no significa que no haya nada: el usuario de la conexión no puede. {{message}}',
  '{{message}} An admin can renew the connection {{name}} under Settings → Integrations.':
    '{{message}} Un administrador puede renovar la conexión {{name}} en Ajustes → Integraciones.',
  '{{message}} See the model’s fields with odoo_describe_model.':
    '{{message}} Los campos del modelo se ven con odoo_describe_model.',
  '{{model}} has no field {{unknown}}. See its fields with odoo_describe_model.':
    '{{model}} no tiene el campo {{unknown}}. Sus campos se ven con odoo_describe_model.',
  '{{model}}.{{name}} leads to no other model.': '{{model}}.{{name}} no lleva a otro modelo.',
  'This agent may not read records of “{{next}}” in {{name}}, so it cannot look at {{path}}.':
    'Este agente no puede leer registros de «{{next}}» en {{name}}, así que no puede ver {{path}}.',
  'The Odoo is at {{origin}}: enter that address, without {{pathname}}.':
    'El Odoo está en {{origin}}: indique esa dirección, sin {{pathname}}.',
  'Creates one {{session}}{{called}} in {{name}}.': 'Crea un registro {{session}}{{called}} en {{name}}.',
  'There are several companies: {{companies}}. Give company_id in the values; ask the person if you are not told which.':
    'Hay varias empresas: {{companies}}. Falta company_id en los valores; diga cuál es.',
  'There are several companies: {{companies}}. Give company_id in the values, or false for a record of all of them; ask the person if you are not told which.':
    'Hay varias empresas: {{companies}}. Falta company_id en los valores, o false para un registro de todas; diga cuál es.',
  'Created {{noun}}: {{name}}': 'Ha creado {{noun}}: {{name}}',
  'Changes {{Object}} of {{session}} in {{name}}: {{value}}.':
    'Cambia {{Object}} de {{session}} en {{name}}: {{value}}.',
  'Changed {{noun}}: {{names}}': 'Ha cambiado {{noun}}: {{names}}',
  'Changed {{noun}}': 'Ha cambiado {{noun}}',
  'Odoo accepted the call, but the {{done}} records of “{{model}}” ({{ids}}) could not be read back, so it is not certain what they hold now. Tell the person to check them in Odoo; do not repeat the call.':
    'Odoo aceptó la llamada, pero los {{done}} registros de «{{model}}» ({{ids}}) no se han podido releer, así que no es seguro qué contienen ahora. Compruébelos en Odoo; la llamada no se repite.',
  'Not as asked: {{name}} is {{JSON}} instead of {{JSON2}}. Tell the person.':
    'No como se pidió: {{name}} es {{JSON}} en lugar de {{JSON2}}.',
  'This vendor bill is there already: {{found}} (id {{id}}, {{details}}) has the reference "{{reference}}" for the same vendor and company. Tell the person. Only if they confirm that it is another bill, call again with allow_duplicate: true.':
    'Esta factura de proveedor ya existe: {{found}} (identificador {{id}}, {{details}}) tiene la referencia «{{reference}}» para el mismo proveedor y la misma empresa. Solo si usted confirma que es otra factura se crea con allow_duplicate: true.',
  'The rest comes in a backorder.': 'El resto llega en una entrega posterior.',
  'The rest is cancelled.': 'El resto se cancela.',
  'It is a record rule of Odoo that keeps these records from the user of the connection, not the model.':
    'Es una regla de registros de Odoo la que oculta estos registros al usuario de la conexión, no el modelo.',
  '{{model}}.{{name}} takes one plain value, not a list or an object.':
    '{{model}}.{{name}} admite un valor simple, no una lista ni un objeto.',
  'A command of {{model}}.{{name}} lacks the id to change: [1, id, {values}].':
    'A una orden de {{model}}.{{name}} le falta el identificador que cambiar: [1, id, {values}].',
  'A command of {{model}}.{{name}} lacks its ids: [3, id, 0], [4, id, 0] or [6, 0, [ids]].':
    'A una orden de {{model}}.{{name}} le faltan los identificadores: [3, id, 0], [4, id, 0] o [6, 0, [ids]].',
  'Attaches {{name}} to {{record}} in {{name2}}.': 'Adjunta {{name}} a {{record}} en {{name2}}.',
  '“{{model}}” {{missing}} does not exist in Odoo.': '«{{model}}» {{missing}} no existe en Odoo.',
};
