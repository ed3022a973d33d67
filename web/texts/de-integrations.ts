import type { IntegrationTexts } from './en-integrations.ts';

export const integrations: IntegrationTexts = {
  title: 'Integrationen',
  hint: 'Andere Systeme, mit denen Agenten arbeiten dürfen. Jedem Agenten werden einzelne Verbindungen unter „Berechtigungen“ erlaubt.',
  none: 'Noch ist nichts verbunden. Verbinden Sie Odoo, damit Agenten dort nachsehen und arbeiten können, oder Brave Search, damit sie im Web suchen können.',
  add: 'Verbindung hinzufügen',
  addTitle: 'Verbindung hinzufügen',
  editTitle: '{{name}} bearbeiten',
  type: 'Was verbunden wird',
  types: { odoo: 'Odoo', 'web-search': 'Websuche' },
  typeHints: {
    odoo: 'Verkauf, Lager, Rechnungen, Personal: Datensätze, die Agenten lesen und, wo Sie es erlauben, ändern.',
    'web-search': 'Brave Search, für Agenten, die etwas im Web suchen.',
  },
  notSynced: 'Noch nicht abgeglichen',
  models_one: 'Ein Modell',
  models_other: '{{count, number}} Modelle',
  noModels: 'Kein Modell ist lesbar',
  syncedAt: 'abgeglichen {{date}}',
  checkedAt: 'geprüft {{date}}',
  addedAt: 'hinzugefügt {{date}}',
  sync: 'Abgleichen',
  syncOf: '{{name}} abgleichen',
  synced_one: '{{name}}: ein Modell gefunden',
  synced_other: '{{name}}: {{count, number}} Modelle gefunden',
  syncNeeded: 'Gleichen Sie ab, damit Pinchy weiß, welche Modelle es gibt und was der Benutzer dort darf.',
  check: 'Prüfen',
  checkOf: '{{name}} prüfen',
  test: 'Verbindung prüfen',
  works: {
    odoo: 'Es funktioniert: Pinchy hat sich bei Odoo {{version}} angemeldet.',
    'web-search': 'Es funktioniert: Pinchy hat mit diesem Schlüssel im Web gesucht.',
  },
  worksNamed: {
    odoo: '{{name}} funktioniert: Pinchy hat sich bei Odoo {{version}} angemeldet',
    'web-search': '{{name}} funktioniert: Pinchy hat mit dem Schlüssel im Web gesucht',
  },
  failed: 'Es funktioniert nicht: {{reason}}',
  failedNamed: '{{name}} funktioniert nicht: {{reason}}',
  menu: 'Aktionen für {{name}}',
  connect: 'Verbinden',
  created: '{{name}} ist verbunden',
  createdUnsynced: '{{name}} ist gespeichert, ließ sich aber nicht abgleichen: {{reason}}',

  namePlaceholder: { odoo: 'Odoo Produktion', 'web-search': 'Brave Search' },
  description: 'Beschreibung',
  descriptionHint: 'Agenten lesen sie, um zu wissen, wofür diese Verbindung da ist.',
  url: 'Adresse',
  urlPlaceholder: 'https://odoo.example.com',
  urlMissing: 'Geben Sie die Adresse Ihres Odoo ein.',
  db: 'Datenbank',
  dbMissing: 'Geben Sie den Namen der Datenbank ein.',
  dbList: 'Datenbanken anzeigen',
  dbFound_one: 'Es gibt eine: {{name}}.',
  dbFound_other: '{{count}} gefunden, wählen Sie eine.',
  dbNone: 'Dieses Odoo zeigt keine Datenbanken an. Geben Sie den Namen ein.',
  login: 'Benutzername',
  loginHint: 'Agenten können nie mehr als dieser Benutzer. Am besten legen Sie einen nur für Pinchy an.',
  loginMissing: 'Geben Sie den Benutzernamen ein.',
  odooKey: 'API-Schlüssel',
  odooKeyHint:
    'In Odoo als dieser Benutzer: Einstellungen → Kontosicherheit → Neuer API-Schlüssel. Wird verschlüsselt gespeichert.',
  braveKey: 'API-Schlüssel von Brave',
  braveKeyHint: 'Für den Tarif „Search“, von api-dashboard.search.brave.com. Wird verschlüsselt gespeichert.',
  keyKept: 'Bleibt das Feld leer, gilt der gespeicherte Schlüssel weiter.',
  keyMissing: 'Geben Sie den API-Schlüssel ein.',

  deleteQuestion: '{{name}} löschen?',
  deleteBody: 'Der gespeicherte Schlüssel wird gelöscht, und jeder Agent verliert sofort den Zugang.',
  deleteLooking: 'Es wird nachgesehen, welche Agenten sie benutzen …',
  deleteUnknown: 'Welche Agenten sie benutzen, ließ sich nicht herausfinden.',
  deleteNobody: 'Zurzeit benutzt sie kein Agent.',
  deleteAgents: 'Diese verlieren sie: {{names}}.',
  deleteTools: 'Ihre Werkzeuge bleiben eingeschaltet, haben aber nichts, womit sie arbeiten können.',
  deleted: '{{name}} ist gelöscht',

  connections: 'Verbindungen',
  connectionsHint: 'Was der Agent in anderen Systemen tun darf. Die Rechte in Odoo selbst gelten zusätzlich.',
  connectionsNone: 'Noch ist nichts verbunden.',
  connectionsAdd: 'Verbindung hinzufügen',
  allow: 'Diesem Agenten {{name}} erlauben',
  searchAllowed: 'Wird benutzt, wenn der Agent im Web sucht.',
  accessLevel: 'Zugriff',
  levels: { 'read-only': 'Nur lesen', 'read-write': 'Lesen und schreiben', full: 'Voll', custom: 'Eigene Auswahl' },
  levelHints: {
    'read-only': 'In den gewählten Modellen nachsehen. Nichts ändert sich.',
    'read-write': 'Auch Datensätze der gewählten Modelle anlegen und ändern.',
    full: 'Auch Datensätze der gewählten Modelle löschen.',
    custom: 'Wählen Sie die Vorgänge für jedes Modell.',
  },
  modelsTitle: 'Modelle',
  modelsNone: 'Es ist kein Modell gewählt; der Agent kann hier noch nichts tun.',
  modelsAdd: 'Modelle hinzufügen',
  modelsSearch: 'Nach Namen suchen, etwa „Kontakt“ oder „sale.order“',
  modelsNothing: 'Nichts gefunden. Gleichen Sie die Verbindung ab, wenn in Odoo Apps dazugekommen sind.',
  modelRemove: '{{model}} entfernen',
  modelGone: 'wird nicht mehr angeboten',
  notByOdoo: 'Odoo selbst erlaubt diesem Benutzer nicht: {{operations}}.',
  notByOdooAt: 'Der Odoo-Benutzer darf das nicht',
  fields_one: '{{count, number}} Feld',
  fields_other: '{{count, number}} Felder',
  operationsOf: 'Vorgänge an {{model}}',
  operations: { read: 'lesen', create: 'anlegen', write: 'ändern', delete: 'löschen' },
  changed_one: 'eine Verbindung geändert',
  changed_other: '{{count}} Verbindungen geändert',

  toolNeeds: {
    odoo: 'Braucht eine Verbindung zu Odoo.',
    'web-search': 'Braucht eine Verbindung zu Brave Search.',
  },
  toolNeedsAction: 'Verbinden',
  toolNeedsAllowing: 'Diesem Agenten ist noch keine Verbindung erlaubt, siehe „Verbindungen“ weiter unten.',
  warnNoTools: 'Diese Verbindung ist erlaubt, aber kein Werkzeug dafür ist eingeschaltet.',
  warnNoToolFor: 'Hier erlaubt, aber das Werkzeug dafür ist ausgeschaltet: {{operations}}.',

  toolGroups: { everyday: 'Dokumente und Gedächtnis', web: 'Web', odoo: 'Odoo' },
  canInOdoo: 'in „{{connection}}“ {{operations}}: {{models}}',
  canMore_one: 'ein weiteres Modell',
  canMore_other: '{{count}} weitere Modelle',
  canAttach: 'Dateien an Datensätze hängen, die er ändern darf',
  canAct: {
    odoo_confirm_quotation: 'Angebote bestätigen',
    odoo_validate_delivery: 'Lieferungen, Wareneingänge und Transfers bestätigen',
    odoo_post_bill: 'Rechnungen buchen',
    odoo_register_payment: 'Zahlungen von Rechnungen erfassen',
    odoo_schedule_activity: 'Aktivitäten an Datensätzen planen, die er lesen darf',
    odoo_close_activity: 'Aktivitäten abschließen',
    odoo_send_message: 'Nachrichten an Datensätzen senden, die er ändern darf',
  },
  canSearch: 'im Web suchen',
  canFetch: 'jede Seite im Web lesen',
  canFetchExcept: 'Seiten im Web lesen, außer von {{denied}}',
  canFetchOnly: 'Seiten von {{allowed}} im Web lesen',
  canFetchHosts: ', dazu {{hosts}} im eigenen Netz',
  canFetchOnlyExcept: 'Seiten von {{allowed}} im Web lesen, außer von {{denied}}',

  webTitle: 'Domains im Web',
  webHint: 'Jede Domain gilt mit ihren Subdomains, für Seiten und für Suchergebnisse.',
  webAllowed: 'Nur diese Domains',
  webAllowedHint: 'Bleibt das Feld leer, darf jede öffentliche Seite gelesen werden.',
  webDenied: 'Diese Domains nie',
  webDeniedHint: 'Auch dort, wo eine erlaubte Domain sie umfasst.',
  webHosts: 'Rechner im eigenen Netz',
  webHostsHint:
    'Nur diese, genau mit diesem Namen oder dieser Adresse, und nur wenn ALLOW_PRIVATE_URLS eingeschaltet ist. Der Rechner, auf dem Pinchy läuft, wird nie gelesen.',
  webBadHost: '„{{domain}}“ ist kein Rechner. Geben Sie ihn ein wie wiki.example.internal oder 10.0.0.7.',
  webPlaceholder: 'example.com',
  webBad: '„{{domain}}“ ist keine Domain. Geben Sie sie ein wie example.com.',
  webChanged: 'Domains geändert',
  webUnused: 'Die Werkzeuge für das Web sind ausgeschaltet; diese Listen wirken nicht.',
  warnMeetTitle: 'Webzugriff trifft auf private Daten',
  warnMeet:
    'Dieser Agent liest {{sources}} und erreicht auch das Web. Eine Suche oder eine Adresse, die er öffnet, kann nach außen tragen, was er gelesen hat: aus Versehen oder weil eine Seite es ihm gesagt hat.',
  warnMeetAdvice: 'Machen Sie zwei Agenten daraus, oder beschränken Sie das Web auf Domains, denen Sie vertrauen.',
  warnMeetLimited:
    'Seine Seiten sind auf die Domains unten beschränkt. Lassen Sie in der Liste nur Domains, denen Sie vertrauen.',
  sourceFiles: 'Ihre Verzeichnisse',
  sourceOdoo: 'Geschäftsdaten in Odoo',

  odooTitle: 'Verbindung zu Odoo',
  odooHint:
    'Der Agent bekommt die Berechtigungen, die diese Vorlage braucht; löschen gehört nie dazu. Später änderbar.',
  odooNone: 'Diese Vorlage arbeitet mit Odoo, und noch ist kein Odoo verbunden.',
  odooChoose: 'Wählen Sie eine Verbindung zu Odoo.',
  odooUnsynced: 'Sie wurde noch nie abgeglichen; ob sie hat, was die Vorlage braucht, ist noch nicht bekannt.',

  tools: {
    odoo_list_models: {
      description: 'Listet die Modelle auf, die er benutzen darf.',
    },
    odoo_describe_model: {
      description: 'Sieht nach, welche Felder ein Modell hat und was sie bedeuten.',
    },
    odoo_read: {
      description: 'Findet und liest Datensätze, höchstens 100 auf einmal.',
    },
    odoo_count: {
      description: 'Sagt, wie viele Datensätze einer Art es gibt.',
    },
    odoo_aggregate: {
      description: 'Summen, Durchschnitte und Vergleiche, in Odoo berechnet.',
    },
    odoo_create: {
      description: 'Legt einen Datensatz auf einmal an und liest ihn wieder ein.',
    },
    odoo_write: {
      description: 'Ändert bis zu 50 Datensätze auf einmal und liest sie wieder ein.',
    },
    odoo_delete: {
      description: 'Nur solche, die er in derselben Unterhaltung gelesen hat. Das Prüfprotokoll nennt sie.',
    },
    odoo_attach_file: {
      description: 'Hängt eine Datei aus dem Chat oder den Verzeichnissen an einen Datensatz, bis zu 20 MB.',
    },
    odoo_confirm_quotation: {
      description: 'Macht aus einem Angebot einen Auftrag. Braucht das Recht, Aufträge zu ändern.',
    },
    odoo_validate_delivery: {
      description: 'Hält fest, dass Ware bewegt wurde; das ist endgültig. Braucht das Recht, Transfers zu ändern.',
    },
    odoo_post_bill: {
      description: 'Bucht einen Rechnungsentwurf. Braucht das Recht, Rechnungen zu ändern.',
    },
    odoo_register_payment: {
      description:
        'Hält fest, dass eine Rechnung bezahlt ist; Geld bewegt es nicht. Braucht das Recht, Rechnungen zu ändern und Zahlungen anzulegen.',
    },
    odoo_schedule_activity: {
      description:
        'Setzt einen Anruf oder eine Aufgabe mit Termin an einen Datensatz. Braucht das Recht, Aktivitäten anzulegen.',
    },
    odoo_close_activity: {
      description: 'Hält fest, dass eine Aktivität erledigt ist. Braucht das Recht, Aktivitäten zu ändern.',
    },
    odoo_send_message: {
      description:
        'Schreibt den Abonnenten eines Datensatzes, auch Kunden, oder eine Notiz für Kollegen. Braucht das Recht, den Datensatz zu ändern.',
    },
    pinchy_web_search: {
      description: 'Sendet die Suchwörter an Brave Search.',
    },
    pinchy_web_fetch: {
      description: 'Öffnet öffentliche Seiten als Text, wo die Seite es Programmen gestattet.',
    },
  },
};
