import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of the audit trail, in Spanish. */
export const trail: Sentences = {
  'The anchor outside the database is missing, although the trail has 1 checkpoint: its end may have been cut off unnoticed.':
    'Falta el ancla fuera de la base de datos, aunque el registro tiene 1 punto de control: puede que se haya cortado su final sin que se note.',
  'The anchor outside the database is missing, although the trail has {{count}} checkpoints: its end may have been cut off unnoticed.':
    'Falta el ancla fuera de la base de datos, aunque el registro tiene {{count}} puntos de control: puede que se haya cortado su final sin que se note.',
  'The anchor outside the database is missing, and so is every checkpoint, although people use this installation.':
    'Falta el ancla fuera de la base de datos, y también todos los puntos de control, aunque esta instalación está en uso.',
  'The anchor outside the database does not agree with the trail that was carried over.':
    'El ancla fuera de la base de datos no coincide con el registro que se trasladó.',
  'The audit trail does not verify.': 'El registro de auditoría no supera la verificación.',
  'The audit trail could not be sealed.': 'No se ha podido sellar el registro de auditoría.',
  '{{name}} is not the table that Pinchy made.': '{{name}} no es la tabla que creó Pinchy.',
  '{{name}} has a trigger that Pinchy did not make: {{trigger}}.':
    '{{name}} tiene un disparador que Pinchy no creó: {{trigger}}.',
  '{{name}} has a default that Pinchy did not make, for {{column}}.':
    '{{name}} tiene un valor predeterminado que Pinchy no creó, para {{column}}.',
  '{{name}} has a rule that Pinchy did not make.': '{{name}} tiene una regla que Pinchy no creó.',
  'A policy may hide rows of {{name}}.': 'Una política puede estar ocultando filas de {{name}}.',
  'The trigger {{name}} of {{table}} is off or gone.':
    'El disparador {{name}} de {{table}} está desactivado o ha desaparecido.',
  'The trigger {{name}} of {{table}} does not do any more what it is there for.':
    'El disparador {{name}} de {{table}} ya no hace aquello para lo que está.',
  'Checkpoint {{expected}} is missing.': 'Falta el punto de control {{expected}}.',
  'Checkpoints {{expected}} to {{sequence}} are missing.': 'Faltan los puntos de control {{expected}} a {{sequence}}.',
  'Checkpoint {{sequence}} is sealed with the key "{{key_id}}", which this server does not have.':
    'El punto de control {{sequence}} está sellado con la clave «{{key_id}}», que este servidor no tiene.',
  'Checkpoint {{sequence}} was changed after it was sealed.':
    'El punto de control {{sequence}} se modificó después de sellarlo.',
  'Checkpoint {{sequence}} does not continue the one before it.':
    'El punto de control {{sequence}} no continúa el anterior.',
  'The anchor outside the database knows 1 checkpoint; the database ends at {{lastSequence}}.':
    'El ancla fuera de la base de datos conoce 1 punto de control; la base de datos termina en {{lastSequence}}.',
  'The anchor outside the database knows {{count}} checkpoints; the database ends at {{lastSequence}}.':
    'El ancla fuera de la base de datos conoce {{count}} puntos de control; la base de datos termina en {{lastSequence}}.',
  'Checkpoint {{sequence}} is not the one that was anchored outside the database.':
    'El punto de control {{sequence}} no es el que se ancló fuera de la base de datos.',
  '{{count}} signed with the key "{{keyId}}", which this server does not have.':
    '{{count}} con la firma de la clave «{{keyId}}», que este servidor no tiene.',
  'The entries of checkpoint {{sequence}} are not those it sealed.':
    'Las entradas del punto de control {{sequence}} no son las que selló.',
  '{{count}} waited for more than a minute and is not sealed, the first is {{firstId}}.':
    '{{count}} esperó más de un minuto y no está sellada; la primera es {{firstId}}.',
  '{{count}} waited for more than a minute and are not sealed, the first is {{firstId}}.':
    '{{count}} esperaron más de un minuto y no están selladas; la primera es {{firstId}}.',
  '{{count}} personal value is gone without having been erased, the first of entry {{firstId}}.':
    'Ha desaparecido {{count}} valor personal sin haberse borrado, el primero de la entrada {{firstId}}.',
  '{{count}} personal values are gone without having been erased, the first of entry {{firstId}}.':
    'Han desaparecido {{count}} valores personales sin haberse borrado, el primero de la entrada {{firstId}}.',
  '{{count}} gone that had been written, before any checkpoint sealed them, as entry {{firstId}} tells.':
    '{{count}} entre las desaparecidas: se habían escrito antes de que un punto de control las sellara, como muestra la entrada {{firstId}}.',
  'The trail of the earlier format did not verify when it was carried over.':
    'El registro del formato anterior no superó la verificación cuando se trasladó.',
  '{{invalid}} entries are invalid; the first {{listLimit}} are listed.':
    '{{invalid}} entradas no son válidas; se muestran las primeras {{listLimit}}.',
  'There are {{gaps}} gaps; the first {{listLimit}} are listed.':
    'Hay {{gaps}} huecos; se muestran los primeros {{listLimit}}.',
  'The trail cannot be read: {{reason}}.': 'No se puede leer el registro: {{reason}}.',
  'Entries with ids that Pinchy never gives: {{count}}.':
    'Entradas con identificadores que Pinchy nunca asigna: {{count}}.',
  'Several verifications of the trail are under way. Wait for one to end, then try again.':
    'Ya hay varias verificaciones del registro en curso. Espere a que termine una y vuelva a intentarlo.',
  'The start lies after the end.': 'El inicio es posterior al final.',
  'Choose at most 50 events.': 'Elija como máximo 50 eventos.',
  'Narrow the trail to something first.': 'Acote primero el registro.',
  'Give a period or dates, not both.': 'Indique un periodo o fechas, no ambos.',
  'You have saved {{maxSavedFilters}} filters already. Delete one that is not used any more.':
    'Ya ha guardado {{maxSavedFilters}} filtros. Elimine uno que ya no se use.',
  'The saved filter was not found.': 'No se ha encontrado el filtro guardado.',
  'You have a saved filter with this name already.': 'Ya tiene un filtro guardado con este nombre.',
  'This run was not found.': 'No se ha encontrado esta ejecución.',
  'The anchor of the audit trail is not missing. Verify the trail to see what is wrong.':
    'El ancla del registro de auditoría no falta. Verifique el registro para ver qué ocurre.',
};
