import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of the tools for Odoo, in German. */
export const odoo: Sentences = {
  '{{model}} has no activities in Odoo.': '{{model}} hat in Odoo keine Aktivitäten.',
  'Schedules a {{word}} on {{name}} by {{deadline}} for {{whose}}: “{{summary}}”.':
    'Plant für {{name}} bis {{deadline}} {{word}} für {{whose}}: „{{summary}}“.',
  'Schedules a {{word}} on {{name}} by {{deadline}}: “{{summary}}”.':
    'Plant für {{name}} bis {{deadline}} {{word}}: „{{summary}}“.',
  'Scheduled “{{summary}}” on {{name}}': '„{{summary}}“ für {{name}} geplant',
  'This activity is done already.': 'Diese Aktivität ist schon erledigt.',
  'Marks the activity {{name}} as done: “{{feedback}}”.':
    'Kennzeichnet die Aktivität {{name}} als erledigt: „{{feedback}}“.',
  'Marks the activity {{name}} as done.': 'Kennzeichnet die Aktivität {{name}} als erledigt.',
  'Closed {{name}}': '{{name}} abgeschlossen',
  'The user {{id}} does not exist in Odoo.': 'Die Person {{id}} gibt es in Odoo nicht.',
  '{{name}} is cancelled. A person has to make it a quotation again in Odoo.':
    '{{name}} ist storniert. Ein Mensch muss daraus in Odoo wieder ein Angebot machen.',
  '{{name}} is confirmed already.': '{{name}} ist schon bestätigt.',
  'Confirms the quotation {{about}}: it becomes a sales order.':
    'Bestätigt das Angebot {{about}}: Es wird ein Auftrag daraus.',
  'Confirmed {{name}}': '{{name}} bestätigt',
  '“{{model}}” {{id}} does not exist in Odoo.': '„{{model}}“ {{id}} gibt es in Odoo nicht.',
  'Odoo did not do it, but asks something first (“{{question}}”) that can only be answered in Odoo. Tell the person to do it there: {{name}}.':
    'Odoo hat es nicht getan, sondern fragt zuerst etwas („{{question}}“), das nur in Odoo beantwortet werden kann. Tun Sie es dort: {{name}}.',
  'Odoo accepted the call, but {{name}} does not show it. Nothing is certain; tell the person to look in Odoo, and do not repeat the call.':
    'Odoo hat den Aufruf angenommen, aber {{name}} zeigt ihn nicht. Nichts ist sicher; sehen Sie in Odoo nach, und wiederholen Sie den Aufruf nicht.',
  '{{name}} is a journal entry; only bills and invoices are posted here.':
    '{{name}} ist eine Buchung; gebucht werden hier nur Eingangs- und Ausgangsrechnungen.',
  '{{name}} is cancelled. A person has to set it to draft again in Odoo.':
    '{{name}} ist storniert. Ein Mensch muss es in Odoo wieder auf Entwurf setzen.',
  '{{name}} is posted already.': '{{name}} ist schon gebucht.',
  '{{name}} cannot be posted: it lacks {{missing}}.': '{{name}} kann nicht gebucht werden: Es fehlt {{missing}}.',
  'Posts the {{kind}} {{called}}{{move}} over {{amount}}{{day}}. It is in the books then.':
    'Bucht {{kind}} {{called}}{{move}} über {{amount}}{{day}}. Danach steht es in den Büchern.',
  'Posted {{number}}': '{{number}} gebucht',
  '{{name}} is a journal entry; payments are for bills and invoices.':
    '{{name}} ist eine Buchung; Zahlungen gibt es für Eingangs- und Ausgangsrechnungen.',
  '{{name}} is not posted, so no payment can be registered for it.':
    '{{name}} ist nicht gebucht, deshalb kann keine Zahlung dafür erfasst werden.',
  '{{name}} is paid already.': '{{name}} ist schon bezahlt.',
  'Only {{open}} of {{name}} is open, less than {{amount}}.':
    'Von {{name}} ist nur {{open}} offen, weniger als {{amount}}.',
  'Registers a payment of {{sum}}{{rest}} for the {{kind}} {{name}}{{move}}{{through}}, dated {{date}}.':
    'Erfasst eine Zahlung von {{sum}}{{rest}} für {{kind}} {{name}}{{move}}{{through}}, datiert {{date}}.',
  'Registers a payment of {{sum}}{{rest}} for the {{kind}} {{name}}{{move}}{{through}}, dated today.':
    'Erfasst eine Zahlung von {{sum}}{{rest}} für {{kind}} {{name}}{{move}}{{through}}, datiert heute.',
  'Registered {{sum}} for {{name}}': '{{sum}} für {{name}} erfasst',
  'The journal {{id}} does not exist in Odoo.': 'Das Journal {{id}} gibt es in Odoo nicht.',
  '{{journal}} is no bank or cash journal.': '{{journal}} ist kein Bank- oder Kassenjournal.',
  '{{model}} has no messages in Odoo.': '{{model}} hat in Odoo keine Nachrichten.',
  'Noted on {{name}}': 'Notiz zu {{name}} hinterlassen',
  'Sent a message on {{name}}': 'Nachricht zu {{name}} gesendet',
  '{{name}} is validated already.': '{{name}} ist schon bestätigt und geliefert.',
  '{{name}} is cancelled.': '{{name}} ist storniert.',
  'Nothing is reserved for {{name}} yet ({{moves}}). A person has to enter what moved in Odoo.':
    'Für {{name}} ist noch nichts reserviert ({{moves}}). Ein Mensch muss in Odoo eintragen, was bewegt wurde.',
  '{{name}} is not complete: {{missing}}. Ask the person what becomes of the rest, and say it with remaining: "backorder" or "cancel".':
    '{{name}} ist nicht vollständig: {{missing}}. Es ist zu sagen, was mit dem Rest geschieht: „backorder“ (Nachlieferung) oder „cancel“ (Storno).',
  'Validates the {{kind}} {{name}} ({{whom}}){{goods}}.{{rest}} This cannot be undone.':
    'Bestätigt {{kind}} {{name}} ({{whom}}){{goods}}.{{rest}} Das lässt sich nicht rückgängig machen.',
  'Validates the {{kind}} {{name}}{{goods}}.{{rest}} This cannot be undone.':
    'Bestätigt {{kind}} {{name}}{{goods}}.{{rest}} Das lässt sich nicht rückgängig machen.',
  '{{name}} is not complete, and Odoo asks what becomes of the rest. Ask the person, and say it with remaining: "backorder" or "cancel".':
    '{{name}} ist nicht vollständig, und Odoo fragt, was mit dem Rest geschieht. Es ist zu sagen: „backorder“ (Nachlieferung) oder „cancel“ (Storno).',
  'Validated {{name}}': '{{name}} als geliefert bestätigt',
  'The values are nested too deeply.': 'Die Werte sind zu tief verschachtelt.',
  'Odoo works out {{readonly}} of {{model}} itself; leave it out. Workflow steps such as confirming or posting are a person’s in Odoo.':
    'Odoo berechnet {{readonly}} von {{model}} selbst; das ist wegzulassen. Schritte wie Bestätigen und Buchen sind in Odoo Menschen vorbehalten.',
  '{{model}}.{{name}} takes the id of a record, or false to empty it.':
    '{{model}}.{{name}} nimmt die Kennung eines Datensatzes, oder false zum Leeren.',
  '{{model}}.{{name}} cannot be written.': '{{model}}.{{name}} kann nicht geschrieben werden.',
  '{{model}}.{{name}} takes a list of commands such as [[0, 0, {values}]].':
    '{{model}}.{{name}} nimmt eine Liste von Befehlen wie [[0, 0, {values}]].',
  'This agent may not change records of “{{related}}” in {{name}}, so it cannot through {{model}}.{{name2}}.':
    'Dieser Agent darf Datensätze von „{{related}}“ in {{name}} nicht ändern, also auch nicht über {{model}}.{{name2}}.',
  'This agent may not {{operation}} records of “{{related}}” in {{name}}, so it cannot through {{model}}.{{name2}}.':
    'Dieser Agent darf {{operation}} für Datensätze von „{{related}}“ in {{name}} nicht, also auch nicht über {{model}}.{{name2}}.',
  'A command of {{model}}.{{name}} lacks its values: [0, 0, {values}] or [1, id, {values}].':
    'Einem Befehl von {{model}}.{{name}} fehlen die Werte: [0, 0, {values}] oder [1, id, {values}].',
  'A command of {{model}}.{{name}} lacks the id to delete: [2, id, 0].':
    'Einem Befehl von {{model}}.{{name}} fehlt die Kennung zum Löschen: [2, id, 0].',
  'Lines of {{model}}.{{name}} go one by one, each named by its id: [2, id, 0].':
    'Zeilen von {{model}}.{{name}} gehen einzeln, jede durch ihre Kennung benannt: [2, id, 0].',
  '{{model}}.{{name}} takes commands: [0, 0, {values}], [1, id, {values}], [2, id, 0], [3, id, 0], [4, id, 0], [5, 0, 0], [6, 0, [ids]].':
    '{{model}}.{{name}} nimmt Befehle: [0, 0, {values}], [1, id, {values}], [2, id, 0], [3, id, 0], [4, id, 0], [5, 0, 0], [6, 0, [ids]].',
  'Only records that were read in this conversation can be deleted. Read {{model}} {{unseen}} first, and show the person what they are.':
    'Nur Datensätze, die in dieser Unterhaltung gelesen wurden, können gelöscht werden. Zuerst ist {{model}} {{unseen}} zu lesen und Ihnen zu zeigen.',
  'Odoo still has {{model}} {{left}} after the call. Nothing is certain; ask the person to check.':
    'Odoo hat {{model}} {{left}} nach dem Aufruf noch immer. Nichts ist sicher; sehen Sie in Odoo nach.',
  'This agent may not {{verbs}} records of “{{model}}” in {{name}}. An admin can allow it in the agent’s permissions.':
    'Dieser Agent darf {{verbs}} für Datensätze von „{{model}}“ in {{name}} nicht. Ein Admin kann es in den Berechtigungen des Agenten erlauben.',
  'No Odoo connection is enabled for this agent.': 'Für diesen Agenten ist keine Odoo-Verbindung eingeschaltet.',
  'This agent has no Odoo connection of that name. It has: {{list}}.':
    'Dieser Agent hat keine Odoo-Verbindung dieses Namens. Er hat: {{list}}.',
  'Name the connection to use by its id: {{list}}.': 'Die Verbindung ist durch ihre Kennung zu benennen: {{list}}.',
  'Odoo took the file, but the attachment {{id}} does not hold it as sent. Tell the person to check it; do not repeat the call.':
    'Odoo hat die Datei angenommen, aber der Anhang {{id}} enthält sie nicht wie gesendet. Prüfen Sie ihn; der Aufruf wird nicht wiederholt.',
  'Attached {{name}} to {{record}}': '{{name}} an {{record}} angehängt',
  '{{virtualPath}} is a directory.': '{{virtualPath}} ist ein Verzeichnis.',
  '{{path}} is empty.': '{{path}} ist leer.',
  '{{path}} is larger than {{maxBytes}} MB and cannot be attached.':
    '{{path}} ist größer als {{maxBytes}} MB und kann nicht angehängt werden.',
  'Odoo answered with something else than records.': 'Odoo hat mit etwas anderem als Datensätzen geantwortet.',
  'Odoo did not say which record it created.': 'Odoo hat nicht gesagt, welchen Datensatz es angelegt hat.',
  'Odoo did not describe the model.': 'Odoo hat das Modell nicht beschrieben.',
  'Odoo answered with something else than groups.': 'Odoo hat mit etwas anderem als Gruppen geantwortet.',
  'Deletes for good from {{name}}: {{noun}}, {{names}}.': 'Löscht endgültig aus {{name}}: {{noun}}, {{names}}.',
  'Deleted {{noun}}: {{names}}': '{{noun}} gelöscht: {{names}}',
  'No Odoo connection is enabled for this agent. An admin can enable one.':
    'Für diesen Agenten ist keine Odoo-Verbindung eingeschaltet. Ein Admin kann eine einschalten.',
  'Listed 1 Odoo model': '1 Odoo-Modell aufgelistet',
  'Listed {{count}} Odoo models': '{{count}} Odoo-Modelle aufgelistet',
  '{{model}} has 1 field; offset {{offset}} is beyond its last.':
    '{{model}} hat 1 Feld; offset {{offset}} liegt dahinter.',
  '{{model}} has {{count}} fields; offset {{offset}} is beyond its last.':
    '{{model}} hat {{count}} Felder; offset {{offset}} liegt dahinter.',
  'Described “{{model}}”': '„{{model}}“ beschrieben',
  'Odoo refused the login. Check the user name and the API key.':
    'Odoo hat die Anmeldung abgelehnt. Prüfen Sie Benutzernamen und API-Schlüssel.',
  'Odoo wants the session of a browser here (“Session expired”). Check the address and the name of the database.':
    'Odoo verlangt hier die Sitzung eines Browsers („Session expired“). Prüfen Sie die Adresse und den Namen der Datenbank.',
  'Odoo denied access: {{said}}{{message}}': 'Odoo hat den Zugriff verweigert: {{said}}{{message}}',
  'Odoo has no such record (any more): {{said}}': 'Odoo hat keinen solchen Datensatz (mehr): {{said}}',
  'This Odoo does not have the model; its app may not be installed.':
    'Dieses Odoo hat das Modell nicht; seine App ist womöglich nicht installiert.',
  'This Odoo has no database of that name.': 'Dieses Odoo hat keine Datenbank dieses Namens.',
  'Odoo did not accept it: {{said}}': 'Odoo hat es nicht angenommen: {{said}}',
  'Odoo could not use the request: {{said}}': 'Odoo konnte mit der Anfrage nichts anfangen: {{said}}',
  'Odoo reported an error: {{said}}': 'Odoo meldete einen Fehler: {{said}}',
  'The request to Odoo was stopped.': 'Die Anfrage an Odoo wurde angehalten.',
  '{{message}} Enter the address that it leads to.': '{{message}} Geben Sie die Adresse ein, zu der sie führt.',
  'Odoo’s answer is too large. Ask for fewer records or fields.':
    'Die Antwort von Odoo ist zu groß. Weniger Datensätze oder Felder helfen.',
  'Odoo did not answer: {{message}}': 'Odoo hat nicht geantwortet: {{message}}',
  'The domain is incomplete: "&" and "|" stand before the two conditions they combine, "!" before one.':
    'Die Domain ist unvollständig: „&“ und „|“ stehen vor den zwei Bedingungen, die sie verknüpfen, „!“ vor einer.',
  '{{JSON}} is not a field; a condition is ["field", "operator", value].':
    '{{JSON}} ist kein Feld; eine Bedingung ist ["field", "operator", value].',
  '{{JSON}} is not an operator. There are: {{value}}.': '{{JSON}} ist kein Operator. Es gibt: {{value}}.',
  'Found no record of “{{label}}”': 'Keinen Datensatz von „{{label}}“ gefunden',
  'Found and read {{noun}}': '{{noun}} gefunden und gelesen',
  'Found {{noun}} and read {{shown}}': '{{noun}} gefunden, {{shown}} davon gelesen',
  'Counted {{noun}}': '{{noun}} gezählt',
  'There are no groups from offset {{offset}} on.': 'Ab offset {{offset}} gibt es keine Gruppen.',
  'Aggregated “{{label}}” into 1 group': '„{{label}}“ in 1 Gruppe zusammengefasst',
  'Aggregated “{{label}}” into {{count}} groups': '„{{label}}“ in {{count}} Gruppen zusammengefasst',
  'A proxy before {{host}} asks for a sign-in of its own ({{status}}). Let Pinchy through it without one.':
    'Ein Proxy vor {{host}} verlangt eine eigene Anmeldung ({{status}}). Lassen Sie Pinchy ohne diese durch.',
  'A proxy or firewall before {{host}} refused the request (403). Let Pinchy’s address through to Odoo’s API.':
    'Ein Proxy oder eine Firewall vor {{host}} hat die Anfrage abgelehnt (403). Lassen Sie die Adresse von Pinchy zur API von Odoo durch.',
  'The proxy before {{host}} refused the request as too large (413).':
    'Der Proxy vor {{host}} hat die Anfrage als zu groß abgelehnt (413).',
  'The proxy before {{host}} refused the request: too many in a short time (429). Try again in 1 second; if it goes on, allow Pinchy more requests there.':
    'Der Proxy vor {{host}} hat die Anfrage abgelehnt: zu viele in kurzer Zeit (429). Versuchen Sie es in 1 Sekunde erneut; wenn es so weitergeht, erlauben Sie Pinchy dort mehr Anfragen.',
  'The proxy before {{host}} refused the request: too many in a short time (429). Try again in {{count}} seconds; if it goes on, allow Pinchy more requests there.':
    'Der Proxy vor {{host}} hat die Anfrage abgelehnt: zu viele in kurzer Zeit (429). Versuchen Sie es in {{count}} Sekunden erneut; wenn es so weitergeht, erlauben Sie Pinchy dort mehr Anfragen.',
  'The proxy before {{host}} refused the request: too many in a short time (429). Try again in a moment; if it goes on, allow Pinchy more requests there.':
    'Der Proxy vor {{host}} hat die Anfrage abgelehnt: zu viele in kurzer Zeit (429). Versuchen Sie es gleich noch einmal; wenn es so weitergeht, erlauben Sie Pinchy dort mehr Anfragen.',
  'The server answered with status {{status}}. Odoo may be restarting.':
    'Der Server hat mit Status {{status}} geantwortet. Womöglich startet Odoo neu.',
  '{{host}} does not answer like Odoo. Check the address.':
    '{{host}} antwortet nicht wie Odoo. Prüfen Sie die Adresse.',
  'The server does not answer like Odoo. Check the address.':
    'Der Server antwortet nicht wie Odoo. Prüfen Sie die Adresse.',
  'Odoo cannot send this answer over XML-RPC. Let the proxy pass /jsonrpc as well.':
    'Odoo kann diese Antwort nicht über XML-RPC senden. Lassen Sie den Proxy auch /jsonrpc durchlassen.',
  'Odoo did not say what.': 'Odoo hat nicht gesagt, was.',
  'Access denied by Odoo ({{name}}, “{{model}}”). This does not mean that nothing is there: the user of the connection may not. {{message}}':
    'Odoo hat den Zugriff verweigert ({{name}}, „{{model}}“). Das heißt nicht, dass es nichts gibt: Der Benutzer der Verbindung darf es nicht. {{message}}',
  '{{message}} An admin can renew the connection {{name}} under Settings → Integrations.':
    '{{message}} Ein Admin kann die Verbindung {{name}} unter Einstellungen → Integrationen erneuern.',
  '{{message}} See the model’s fields with odoo_describe_model.':
    '{{message}} Die Felder des Modells zeigt odoo_describe_model.',
  '{{model}} has no field {{unknown}}. See its fields with odoo_describe_model.':
    '{{model}} hat kein Feld {{unknown}}. Seine Felder zeigt odoo_describe_model.',
  '{{model}}.{{name}} leads to no other model.': '{{model}}.{{name}} führt zu keinem anderen Modell.',
  'This agent may not read records of “{{next}}” in {{name}}, so it cannot look at {{path}}.':
    'Dieser Agent darf Datensätze von „{{next}}“ in {{name}} nicht lesen, also auch {{path}} nicht ansehen.',
  'The Odoo is at {{origin}}: enter that address, without {{pathname}}.':
    'Das Odoo ist unter {{origin}} erreichbar: Geben Sie diese Adresse ein, ohne {{pathname}}.',
  'Creates one {{session}}{{called}} in {{name}}.': 'Legt einen Datensatz {{session}}{{called}} in {{name}} an.',
  'There are several companies: {{companies}}. Give company_id in the values; ask the person if you are not told which.':
    'Es gibt mehrere Unternehmen: {{companies}}. In den Werten fehlt company_id; sagen Sie, welches gemeint ist.',
  'There are several companies: {{companies}}. Give company_id in the values, or false for a record of all of them; ask the person if you are not told which.':
    'Es gibt mehrere Unternehmen: {{companies}}. In den Werten fehlt company_id, oder false für einen Datensatz von allen; sagen Sie, welches gemeint ist.',
  'Created {{noun}}: {{name}}': '{{noun}} angelegt: {{name}}',
  'Changes {{Object}} of {{session}} in {{name}}: {{value}}.':
    'Ändert {{Object}} von {{session}} in {{name}}: {{value}}.',
  'Changed {{noun}}: {{names}}': '{{noun}} geändert: {{names}}',
  'Changed {{noun}}': '{{noun}} geändert',
  'Odoo accepted the call, but the {{done}} records of “{{model}}” ({{ids}}) could not be read back, so it is not certain what they hold now. Tell the person to check them in Odoo; do not repeat the call.':
    'Odoo hat den Aufruf angenommen, aber die {{done}} Datensätze von „{{model}}“ ({{ids}}) konnten nicht zurückgelesen werden, deshalb ist nicht sicher, was sie jetzt enthalten. Prüfen Sie sie in Odoo; der Aufruf wird nicht wiederholt.',
  'Not as asked: {{name}} is {{JSON}} instead of {{JSON2}}. Tell the person.':
    'Nicht wie verlangt: {{name}} ist {{JSON}} statt {{JSON2}}.',
  'This vendor bill is there already: {{found}} (id {{id}}, {{details}}) has the reference "{{reference}}" for the same vendor and company. Tell the person. Only if they confirm that it is another bill, call again with allow_duplicate: true.':
    'Diese Eingangsrechnung gibt es schon: {{found}} (Kennung {{id}}, {{details}}) hat die Referenz „{{reference}}“ für denselben Lieferanten und dasselbe Unternehmen. Nur wenn Sie bestätigen, dass es eine andere Rechnung ist, wird sie mit allow_duplicate: true angelegt.',
  'The rest comes in a backorder.': 'Der Rest kommt als Nachlieferung.',
  'The rest is cancelled.': 'Der Rest wird storniert.',
  'It is a record rule of Odoo that keeps these records from the user of the connection, not the model.':
    'Eine Datensatzregel von Odoo hält diese Datensätze vom Benutzer der Verbindung fern, nicht das Modell.',
  '{{model}}.{{name}} takes one plain value, not a list or an object.':
    '{{model}}.{{name}} nimmt einen einfachen Wert, keine Liste und kein Objekt.',
  'A command of {{model}}.{{name}} lacks the id to change: [1, id, {values}].':
    'Einem Befehl von {{model}}.{{name}} fehlt die Kennung zum Ändern: [1, id, {values}].',
  'A command of {{model}}.{{name}} lacks its ids: [3, id, 0], [4, id, 0] or [6, 0, [ids]].':
    'Einem Befehl von {{model}}.{{name}} fehlen die Kennungen: [3, id, 0], [4, id, 0] oder [6, 0, [ids]].',
  'Attaches {{name}} to {{record}} in {{name2}}.': 'Hängt {{name}} in {{name2}} an {{record}} an.',
  '“{{model}}” {{missing}} does not exist in Odoo.': '„{{model}}“ {{missing}} gibt es in Odoo nicht.',
};
