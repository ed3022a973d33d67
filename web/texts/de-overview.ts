import type * as english from './en-overview.ts';

export const overview: typeof english.overview = {
  title: 'Überblick',
  description: 'Was Sie braucht, was als Nächstes kommt und was geschehen ist.',
  attention: 'Braucht Aufmerksamkeit',
  attentionHint: 'Eben nachgesehen, und jede Minute, solange diese Seite offen ist.',
  nothing: 'Nichts braucht Sie',
  nothingBody: 'Verbindungen funktionieren, Dokumente sind lesbar, das Protokoll hält.',
  open: 'Öffnen',

  noProvider: 'Kein Modellanbieter ist verbunden, deshalb kann kein Agent antworten.',
  approvals_one: 'Ein Aufruf wartet auf die Person, die gefragt hat, seit {{since}}.',
  approvals_other: '{{count}} Aufrufe warten auf die Personen, die gefragt haben, der älteste seit {{since}}.',
  connection: '{{name}} ließ sich nicht synchronisieren: {{reason}}',
  bot: 'Der Bot {{name}} funktioniert nicht: {{reason}}',
  failures: {
    no_provider_one: 'Eine Antwort schlug in den letzten 24 Stunden fehl, weil kein Anbieter für sie da war.',
    no_provider_other:
      '{{count}} Antworten schlugen in den letzten 24 Stunden fehl, weil kein Anbieter für sie da war.',
    provider_auth_one:
      'Eine Antwort schlug in den letzten 24 Stunden fehl, weil ein Anbieter seinen Schlüssel ablehnte.',
    provider_auth_other:
      '{{count}} Antworten schlugen in den letzten 24 Stunden fehl, weil ein Anbieter seinen Schlüssel ablehnte.',
    provider_quota_one:
      'Eine Antwort schlug in den letzten 24 Stunden fehl, weil das Konto bei einem Anbieter kein Guthaben mehr hat.',
    provider_quota_other:
      '{{count}} Antworten schlugen in den letzten 24 Stunden fehl, weil das Konto bei einem Anbieter kein Guthaben mehr hat.',
    model_not_found_one:
      'Eine Antwort schlug in den letzten 24 Stunden fehl, weil ihr Modell nicht mehr angeboten wird.',
    model_not_found_other:
      '{{count}} Antworten schlugen in den letzten 24 Stunden fehl, weil ihr Modell nicht mehr angeboten wird.',
  },
  fallbacks_one: 'Eine Antwort der letzten 24 Stunden wurde einem Ersatzmodell überlassen.',
  fallbacks_other: '{{count}} Antworten der letzten 24 Stunden wurden einem Ersatzmodell überlassen.',
  budgetUsedUp: '{{budget}} ist aufgebraucht.',
  budgetNearly: '{{budget}} ist fast aufgebraucht.',
  budgetOf: {
    organisation: 'Das Budget der Organisation ({{period}})',
    group: 'Das Budget der Gruppe {{name}} ({{period}})',
    user: 'Das Budget von {{name}} ({{period}})',
    agent: 'Das Budget des Agenten {{name}} ({{period}})',
  },
  unreadable_one: 'Ein Dokument ist nicht lesbar, deshalb findet es kein Agent.',
  unreadable_other: '{{count, number}} Dokumente sind nicht lesbar, deshalb findet sie kein Agent.',
  withoutModel: 'Ohne Modell, können also nicht antworten: {{names}}.',
  trailInvalid: 'Die letzte Prüfung fand das Prüfprotokoll verändert.',
  trailAnchor: 'Das Prüfprotokoll führt nicht zu seinem Anker.',
  trailWaiting: 'Einträge des Prüfprotokolls sind nicht versiegelt, seit {{since}}.',
  licenceExpired: 'Die Lizenz ist am {{date}} abgelaufen.',
  licenceEnds_one: 'Die Lizenz endet morgen.',
  licenceEnds_other: 'Die Lizenz endet in {{count}} Tagen.',
  seats: 'Jeder Platz der Lizenz ist vergeben (insgesamt {{maximum}}).',
  noBackup: 'Pinchy hat noch keine Sicherung gemacht.',
  oldBackup_one: 'Die letzte Sicherung ist einen Tag alt.',
  oldBackup_other: 'Die letzte Sicherung ist {{count}} Tage alt.',
  backupHelp:
    '`pinchy backup <Datei>` auf dem Server macht eine (aus den Quellen `npm run pinchy -- backup <Datei>`); lassen Sie es jede Nacht laufen.',

  trailUnverified_one: 'Das Prüfprotokoll wurde zuletzt vor einem Tag geprüft.',
  trailUnverified_other: 'Das Prüfprotokoll wurde zuletzt vor {{count}} Tagen geprüft.',
  trailNeverVerified: 'Das Prüfprotokoll wurde noch nie geprüft.',
  update: 'Pinchy {{version}} ist da; hier läuft {{running}}.',
  updateHelp: 'Sichern Sie, lesen Sie, was sich geändert hat, und aktualisieren Sie dann.',
  updateLink: 'Was neu ist',
  noOwner: 'Niemand ist verantwortlich für: {{names}}.',
  reviewDue: 'Wieder anzusehen: {{names}}.',
  stopTitle: 'Alle Agenten stoppen',
  stopHint:
    'Für den Fall, dass etwas schiefgeht: Jede Antwort endet sofort, auf jedem Kanal, und kein Werkzeug wird aufgerufen.',
  stopAll: 'Alle Agenten stoppen …',
  stopQuestion: 'Alle Agenten stoppen?',
  stopBody:
    'Antworten, die gerade geschrieben werden, enden sofort, für alle. Agenten antworten wieder, wenn Sie sie weitermachen lassen.',
  stopConfirm: 'Alle stoppen',
  stopped_one: 'Ein Agent ist gestoppt: {{names}}.',
  stopped_other: '{{count}} Agenten sind gestoppt: {{names}}.',
  resumeAll: 'Alle weitermachen lassen',
  allStopped: 'Alle Agenten sind gestoppt',
  allResumed: 'Agenten antworten wieder',

  steps: 'Erste Schritte',
  stepsHint: '{{done}} von {{all}} erledigt',
  step: {
    provider: {
      title: 'Modellanbieter verbinden',
      body: 'Womit Agenten denken: ein Dienst oder Ollama auf eigener Hardware.',
    },
    agent: { title: 'Agenten erstellen', body: 'Ein Kollege mit einer Aufgabe, etwa einer für das Handbuch.' },
    documents: { title: 'Dokumente hinzufügen', body: 'Agenten lesen, was Sie ihnen erlauben, und nennen die Stelle.' },
    question: {
      title: 'Etwas fragen',
      body: 'Die Antwort, ihre Kosten und jedes benutzte Werkzeug werden festgehalten.',
    },
    people: { title: 'Team einladen', body: 'Ein Link für jede Person.' },
    backup: {
      title: 'Sicherung machen',
      body: '`pinchy backup <Datei>` auf dem Server legt alles in eine Datei (aus den Quellen `npm run pinchy -- backup <Datei>`).',
    },
  },
  isDone: 'erledigt',

  activity: 'Die letzten sieben Tage',
  activityNone: 'In den letzten sieben Tagen hat niemand etwas gefragt.',
  day: 'Tag',
  questions: 'Fragen',
  people: 'Personen',
  agents: 'Agenten',
  failed: 'Fehlgeschlagen',
};
