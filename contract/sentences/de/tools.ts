import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of tools, in German. */
export const tools: Sentences = {
  'Only administrators can change the context of the organisation.':
    'Nur Admins können den Kontext der Organisation ändern.',
  'The context must not be empty.': 'Der Kontext darf nicht leer sein.',
  'The input is not valid. {{reason}}': 'Die Eingabe ist ungültig. {{reason}}',
  'The input must be one JSON object, but it was not valid JSON.':
    'Die Eingabe muss ein JSON-Objekt sein, war aber kein gültiges JSON.',
  '{{name}} is not a directory under /data/.': '{{name}} ist kein Verzeichnis unter /data/.',
  '{{name}} is hidden.': '{{name}} ist verborgen.',
  'Too many documents are being read at the moment. Try again in a moment.':
    'Im Moment werden zu viele Dokumente gelesen. Versuchen Sie es gleich noch einmal.',
  'Too many large documents are being read at the moment. Try again in a moment.':
    'Im Moment werden zu viele große Dokumente gelesen. Versuchen Sie es gleich noch einmal.',
  '{{path}} has {{Math}} MB; documents can be read up to 50 MB.':
    '{{path}} hat {{Math}} MB; Dokumente können bis 50 MB gelesen werden.',
  '{{path}} could not be read within {{Math}} seconds.':
    '{{path}} konnte nicht innerhalb von {{Math}} Sekunden gelesen werden.',
  'Listed 1 directory': '1 Verzeichnis aufgelistet',
  'Listed {{count}} directories': '{{count}} Verzeichnisse aufgelistet',
  '{{path}} has 1 entry; offset {{offset}} is beyond its end.':
    '{{path}} hat 1 Eintrag; offset {{offset}} liegt hinter dem Ende.',
  '{{path}} has {{count}} entries; offset {{offset}} is beyond its end.':
    '{{path}} hat {{count}} Einträge; offset {{offset}} liegt hinter dem Ende.',
  'Listed 1 entry of {{path}}': '1 Eintrag von {{path}} aufgelistet',
  'Listed {{count}} entries of {{path}}': '{{count}} Einträge von {{path}} aufgelistet',
  '{{path}} is not a file that can be read. If it is a directory, list it with pinchy_ls.':
    '{{path}} ist keine Datei, die gelesen werden kann. Ist es ein Verzeichnis, wird es mit pinchy_ls aufgelistet.',
  '{{path}} is not a directory. Read it with pinchy_read.':
    '{{path}} ist kein Verzeichnis. Es wird mit pinchy_read gelesen.',
  'There is nothing at {{path}}.': 'Unter {{path}} gibt es nichts.',
  '{{path}} cannot be opened: the server has no permission to read it, or the disk failed.':
    '{{path}} kann nicht geöffnet werden: Der Server darf es nicht lesen, oder der Datenträger ist gestört.',
  'There is no {{what}} in {{directory}}. There: {{list}}{{more}}.':
    'Es gibt kein {{what}} in {{directory}}. Dort: {{list}}{{more}}.',
  'There is no {{what}} in {{directory}}.': 'Es gibt kein {{what}} in {{directory}}.',
  'There is no {{what}}: {{directory}} is empty.': 'Es gibt kein {{what}}: {{directory}} ist leer.',
  '{{directory}} does not exist on the server.': '{{directory}} gibt es auf dem Server nicht.',
  '{{path}} has no pages; go through it with offset and limit, or search with find.':
    '{{path}} hat keine Seiten; es wird mit offset und limit durchgegangen oder mit find durchsucht.',
  '{{path}} has 1 page; there is no page {{page}}.': '{{path}} hat 1 Seite; eine Seite {{page}} gibt es nicht.',
  '{{path}} has {{count}} pages; there is no page {{page}}.':
    '{{path}} hat {{count}} Seiten; eine Seite {{page}} gibt es nicht.',
  'Page {{page}} of {{path}} could not be read in time.':
    'Seite {{page}} von {{path}} konnte nicht rechtzeitig gelesen werden.',
  'Page {{page}} of {{path}} has 1 line; offset {{start}} is beyond it.':
    'Seite {{page}} von {{path}} hat 1 Zeile; offset {{start}} liegt dahinter.',
  'Page {{page}} of {{path}} has {{count}} lines; offset {{start}} is beyond it.':
    'Seite {{page}} von {{path}} hat {{count}} Zeilen; offset {{start}} liegt dahinter.',
  'Read page {{first}} of {{totalPages}} of {{path}}': 'Seite {{first}} von {{totalPages}} von {{path}} gelesen',
  'Read pages {{first}}-{{last}} of {{totalPages}} of {{path}}':
    'Seiten {{first}}-{{last}} von {{totalPages}} von {{path}} gelesen',
  '{{path}} has 1 line; offset {{first}} is beyond its end.':
    '{{path}} hat 1 Zeile; offset {{first}} liegt hinter dem Ende.',
  '{{path}} has {{count}} lines; offset {{first}} is beyond its end.':
    '{{path}} hat {{count}} Zeilen; offset {{first}} liegt hinter dem Ende.',
  'Read 1 line of {{path}}': '1 Zeile von {{path}} gelesen',
  'Read {{count}} lines of {{path}}': '{{count}} Zeilen von {{path}} gelesen',
  '{{virtualPath}} is a directory. List it with pinchy_ls.':
    '{{virtualPath}} ist ein Verzeichnis. Es wird mit pinchy_ls aufgelistet.',
  '{{path}} has no pages; use offset and limit.': '{{path}} hat keine Seiten; hier gelten offset und limit.',
  '{{path}} is an image of {{size}}; images can be seen up to 5 MB.':
    '{{path}} ist ein Bild von {{size}}; Bilder können bis 5 MB angesehen werden.',
  'Looked at {{path}}': '{{path}} angesehen',
  'Searched {{path}}: 1 match': '{{path}} durchsucht: 1 Treffer',
  'Searched {{path}}: {{count}} matches': '{{path}} durchsucht: {{count}} Treffer',
  'The file is larger than {{limitBytes}} bytes.': 'Die Datei ist größer als {{limitBytes}} Bytes.',
  'A path can have {{maxPathLength}} characters at most.': 'Ein Pfad kann höchstens {{maxPathLength}} Zeichen haben.',
  'Hidden files and directories ({{hidden}}) cannot be read.':
    'Verborgene Dateien und Verzeichnisse ({{hidden}}) können nicht gelesen werden.',
  'You may not read any directory of the organisation’s documents.':
    'Sie dürfen kein Verzeichnis der Dokumente der Organisation lesen.',
  'Found {{passages}} passage': '{{passages}} Stelle gefunden',
  'Found {{passages}} passages': '{{passages}} Stellen gefunden',
  '{{path}} is not part of the index. Read files of the chat with pinchy_read; its find looks for words in them.':
    '{{path}} ist nicht im Index. Dateien des Chats werden mit pinchy_read gelesen; dessen find sucht nach Wörtern darin.',
  'The call was stopped.': 'Der Aufruf wurde angehalten.',
  '{{title}} did not finish within {{timeLimit}}.': '{{title}} war nicht innerhalb von {{timeLimit}} fertig.',
  'The server stopped during the call: it is not known whether it happened.':
    'Der Server wurde während des Aufrufs beendet: Es ist nicht bekannt, ob er ausgeführt wurde.',
  'Could not be recorded': 'Konnte nicht aufgezeichnet werden',
  'The call is not allowed.': 'Der Aufruf ist nicht erlaubt.',
  'Invalid input': 'Ungültige Eingabe',
  '{{title}} changed since this call was asked for. Ask for it again.':
    '{{title}} hat sich geändert, seit um diesen Aufruf gebeten wurde. Es muss noch einmal gefragt werden.',
  '{{title}} failed because of a fault in Pinchy.': '{{title}} ist wegen eines Fehlers in Pinchy fehlgeschlagen.',
  'This person may not use this agent.': 'Diese Person darf diesen Agenten nicht benutzen.',
  'There is no tool with this name.': 'Es gibt kein Werkzeug dieses Namens.',
  'This tool is not granted to this agent.': 'Dieses Werkzeug ist diesem Agenten nicht erlaubt.',
  'This tool is for personal agents only.': 'Dieses Werkzeug gibt es nur für persönliche Agenten.',
  'This tool was not offered in this step.': 'Dieses Werkzeug wurde in diesem Schritt nicht angeboten.',
  'Brave Search did not answer: {{message}}': 'Brave Search hat nicht geantwortet: {{message}}',
  'Brave Search answered with status {{status}} and no JSON.':
    'Brave Search hat mit Status {{status}} und ohne JSON geantwortet.',
  'Brave Search refused the API key.': 'Brave Search hat den API-Schlüssel abgelehnt.',
  'The Brave Search plan has no searches left in this period.':
    'Im Tarif von Brave Search sind für diesen Zeitraum keine Suchen mehr übrig.',
  'Too many searches at once. Wait a few seconds, then try again.':
    'Zu viele Suchen auf einmal. Warten Sie ein paar Sekunden und versuchen Sie es dann erneut.',
  'Brave Search did not accept the search: {{detail}}': 'Brave Search hat die Suche nicht angenommen: {{detail}}',
  'Brave Search failed with status {{status}}. Try again later.':
    'Brave Search ist mit Status {{status}} fehlgeschlagen. Versuchen Sie es später erneut.',
  'This agent may not read {{hostname}}.': 'Dieser Agent darf {{hostname}} nicht lesen.',
  'This agent may not read {{hostname}}. It may read: {{allowed}}.':
    'Dieser Agent darf {{hostname}} nicht lesen. Er darf lesen: {{allowed}}.',
  '{{path}} has no text, only pictures of its pages (a scan), and pictures cannot be read here.':
    '{{path}} hat keinen Text, nur Bilder seiner Seiten (ein Scan), und Bilder können hier nicht gelesen werden.',
  '{{host}} asks programs not to read this page (robots.txt), so it was not read.':
    '{{host}} bittet Programme, diese Seite nicht zu lesen (robots.txt), deshalb wurde sie nicht gelesen.',
  '{{origin}} does not answer for its rules for programs (robots.txt), so nothing was read from it.':
    '{{origin}} antwortet nicht mit seinen Regeln für Programme (robots.txt), deshalb wurde von dort nichts gelesen.',
  'No web search connection is enabled for this agent.':
    'Für diesen Agenten ist keine Websuch-Verbindung eingeschaltet.',
  'Found {{lines}} web result': '{{lines}} Treffer im Web gefunden',
  'Found {{lines}} web results': '{{lines}} Treffer im Web gefunden',
  'Too many pages are being read at the moment. Try again in a moment.':
    'Im Moment werden zu viele Seiten gelesen. Versuchen Sie es gleich noch einmal.',
  'The page has {{text}} characters; offset {{offset}} is beyond its end.':
    'Die Seite hat {{text}} Zeichen; offset {{offset}} liegt hinter dem Ende.',
  'Read {{host}}{{pathname}}': '{{host}}{{pathname}} gelesen',
  '{{host}} answered with status {{status}}{{status2}}.': '{{host}} hat mit Status {{status}}{{status2}} geantwortet.',
  'The address leads to a file of the type {{media}}, which cannot be read as text.':
    'Die Adresse führt zu einer Datei der Art {{media}}, die nicht als Text gelesen werden kann.',
  '{{path}} leads by a link out of the directories this agent may read: {{named}}.':
    '{{path}} führt durch einen Link aus den Verzeichnissen hinaus, die dieser Agent lesen darf: {{named}}.',
  '{{path}} lies outside the directories this agent may read: {{named}}.':
    '{{path}} liegt außerhalb der Verzeichnisse, die dieser Agent lesen darf: {{named}}.',
  'An admin can name its host in the permissions of this agent.':
    'Ein Admin kann den Host in den Berechtigungen dieses Agenten nennen.',
  'Others wait for a document.': 'Andere warten auf ein Dokument.',
  'What this call is about has changed since it was asked for ({{changes}}), so it was not made. Look at it again, and ask again if it is still wanted.':
    'Worum es bei diesem Aufruf geht, hat sich geändert, seit darum gebeten wurde ({{changes}}), deshalb wurde er nicht ausgeführt. Er muss noch einmal angesehen und neu erbeten werden, wenn er noch gewünscht ist.',
  'What this call is about has changed since it was asked for, so it was not made. Look at it again, and ask again if it is still wanted.':
    'Worum es bei diesem Aufruf geht, hat sich geändert, seit darum gebeten wurde, deshalb wurde er nicht ausgeführt. Er muss noch einmal angesehen und neu erbeten werden, wenn er noch gewünscht ist.',
};
