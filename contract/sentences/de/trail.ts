import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of the audit trail, in German. */
export const trail: Sentences = {
  'The anchor outside the database is missing, although the trail has 1 checkpoint: its end may have been cut off unnoticed.':
    'Der Anker außerhalb der Datenbank fehlt, obwohl das Protokoll 1 Prüfpunkt hat: Sein Ende kann unbemerkt abgeschnitten worden sein.',
  'The anchor outside the database is missing, although the trail has {{count}} checkpoints: its end may have been cut off unnoticed.':
    'Der Anker außerhalb der Datenbank fehlt, obwohl das Protokoll {{count}} Prüfpunkte hat: Sein Ende kann unbemerkt abgeschnitten worden sein.',
  'The anchor outside the database is missing, and so is every checkpoint, although people use this installation.':
    'Der Anker außerhalb der Datenbank fehlt und jeder Prüfpunkt ebenso, obwohl diese Installation benutzt wird.',
  'The anchor outside the database does not agree with the trail that was carried over.':
    'Der Anker außerhalb der Datenbank passt nicht zu dem Protokoll, das übernommen wurde.',
  'The audit trail does not verify.': 'Das Prüfprotokoll hält der Prüfung nicht stand.',
  'The audit trail could not be sealed.': 'Das Prüfprotokoll konnte nicht versiegelt werden.',
  '{{name}} is not the table that Pinchy made.': '{{name}} ist nicht die Tabelle, die Pinchy angelegt hat.',
  '{{name}} has a trigger that Pinchy did not make: {{trigger}}.':
    '{{name}} hat einen Trigger, den Pinchy nicht angelegt hat: {{trigger}}.',
  '{{name}} has a default that Pinchy did not make, for {{column}}.':
    '{{name}} hat für {{column}} einen Vorgabewert, den Pinchy nicht angelegt hat.',
  '{{name}} has a rule that Pinchy did not make.': '{{name}} hat eine Regel, die Pinchy nicht angelegt hat.',
  'A policy may hide rows of {{name}}.': 'Eine Richtlinie verbirgt womöglich Zeilen von {{name}}.',
  'The trigger {{name}} of {{table}} is off or gone.': 'Der Trigger {{name}} von {{table}} ist abgeschaltet oder fort.',
  'The trigger {{name}} of {{table}} does not do any more what it is there for.':
    'Der Trigger {{name}} von {{table}} tut nicht mehr, wozu er da ist.',
  'Checkpoint {{expected}} is missing.': 'Prüfpunkt {{expected}} fehlt.',
  'Checkpoints {{expected}} to {{sequence}} are missing.': 'Die Prüfpunkte {{expected}} bis {{sequence}} fehlen.',
  'Checkpoint {{sequence}} is sealed with the key "{{key_id}}", which this server does not have.':
    'Prüfpunkt {{sequence}} ist mit dem Schlüssel „{{key_id}}“ versiegelt, den dieser Server nicht hat.',
  'Checkpoint {{sequence}} was changed after it was sealed.':
    'Prüfpunkt {{sequence}} wurde nach dem Versiegeln geändert.',
  'Checkpoint {{sequence}} does not continue the one before it.':
    'Prüfpunkt {{sequence}} setzt den vorigen nicht fort.',
  'The anchor outside the database knows 1 checkpoint; the database ends at {{lastSequence}}.':
    'Der Anker außerhalb der Datenbank kennt 1 Prüfpunkt; die Datenbank endet bei {{lastSequence}}.',
  'The anchor outside the database knows {{count}} checkpoints; the database ends at {{lastSequence}}.':
    'Der Anker außerhalb der Datenbank kennt {{count}} Prüfpunkte; die Datenbank endet bei {{lastSequence}}.',
  'Checkpoint {{sequence}} is not the one that was anchored outside the database.':
    'Prüfpunkt {{sequence}} ist nicht der, der außerhalb der Datenbank verankert wurde.',
  '{{count}} signed with the key "{{keyId}}", which this server does not have.':
    '{{count}} mit dem Schlüssel „{{keyId}}“ signiert, den dieser Server nicht hat.',
  'The entries of checkpoint {{sequence}} are not those it sealed.':
    'Die Einträge von Prüfpunkt {{sequence}} sind nicht die, die er versiegelt hat.',
  '{{count}} waited for more than a minute and is not sealed, the first is {{firstId}}.':
    '{{count}} wartete länger als eine Minute und ist nicht versiegelt, der erste ist {{firstId}}.',
  '{{count}} waited for more than a minute and are not sealed, the first is {{firstId}}.':
    '{{count}} warteten länger als eine Minute und sind nicht versiegelt, der erste ist {{firstId}}.',
  '{{count}} personal value is gone without having been erased, the first of entry {{firstId}}.':
    '{{count}} personenbezogener Wert ist fort, ohne gelöscht worden zu sein, der erste von Eintrag {{firstId}}.',
  '{{count}} personal values are gone without having been erased, the first of entry {{firstId}}.':
    '{{count}} personenbezogene Werte sind fort, ohne gelöscht worden zu sein, der erste von Eintrag {{firstId}}.',
  '{{count}} gone that had been written, before any checkpoint sealed them, as entry {{firstId}} tells.':
    '{{count}} fort, die geschrieben waren, bevor ein Prüfpunkt sie versiegelte, wie Eintrag {{firstId}} zeigt.',
  'The trail of the earlier format did not verify when it was carried over.':
    'Das Protokoll des früheren Formats hielt der Prüfung nicht stand, als es übernommen wurde.',
  '{{invalid}} entries are invalid; the first {{listLimit}} are listed.':
    '{{invalid}} Einträge sind ungültig; die ersten {{listLimit}} sind aufgeführt.',
  'There are {{gaps}} gaps; the first {{listLimit}} are listed.':
    'Es gibt {{gaps}} Lücken; die ersten {{listLimit}} sind aufgeführt.',
  'The trail cannot be read: {{reason}}.': 'Das Protokoll kann nicht gelesen werden: {{reason}}.',
  'Entries with ids that Pinchy never gives: {{count}}.': 'Einträge mit Kennungen, die Pinchy nie vergibt: {{count}}.',
  'Several verifications of the trail are under way. Wait for one to end, then try again.':
    'Es laufen schon mehrere Prüfungen des Protokolls. Warten Sie, bis eine zu Ende ist, und versuchen Sie es dann erneut.',
  'The start lies after the end.': 'Der Anfang liegt nach dem Ende.',
  'Choose at most 50 events.': 'Wählen Sie höchstens 50 Ereignisse.',
  'Narrow the trail to something first.': 'Schränken Sie das Protokoll zuerst ein.',
  'Give a period or dates, not both.': 'Geben Sie einen Zeitraum oder Daten an, nicht beides.',
  'You have saved {{maxSavedFilters}} filters already. Delete one that is not used any more.':
    'Sie haben schon {{maxSavedFilters}} Filter gespeichert. Löschen Sie einen, der nicht mehr gebraucht wird.',
  'The saved filter was not found.': 'Der gespeicherte Filter wurde nicht gefunden.',
  'You have a saved filter with this name already.': 'Sie haben schon einen gespeicherten Filter mit diesem Namen.',
  'This run was not found.': 'Dieser Lauf wurde nicht gefunden.',
  'The anchor of the audit trail is not missing. Verify the trail to see what is wrong.':
    'Der Anker des Prüfprotokolls fehlt nicht. Prüfen Sie das Protokoll, um zu sehen, was nicht stimmt.',
};
