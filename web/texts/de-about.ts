import type * as english from './en-about.ts';

export const about: typeof english.about = {
  title: 'Über {{agent}}',
  ai: '{{agent}} ist eine KI: Ein Sprachmodell macht die Antworten, und sie können falsch sein. Prüfen Sie, worauf es ankommt, und überlassen Sie ihr keine Entscheidungen über Menschen.',
  purpose: 'Wofür es da ist',
  noPurpose: 'Das hat noch niemand aufgeschrieben.',
  personal: 'Ihr eigener Assistent. Niemand sonst darf ihn nutzen.',
  responsible: 'Wer dafür einsteht',
  nobody: 'Noch niemand. Fragen Sie einen Admin.',
  yourself: 'Er gehört Ihnen; was er darf, betreuen Admins.',
  review: 'Wieder anzusehen',
  overdue: 'fällig seit {{date}}',
  model: 'Welches Modell, und wo es läuft',
  local: 'Ollama, auf einem Server, den Ihre Organisation betreibt: Was Sie schreiben, bleibt dort.',
  cloud:
    '{{provider}}, in der Cloud: Was Sie schreiben, angehängte Dateien und was Werkzeuge für eine Antwort lesen, wird dorthin gesendet.',
  fallback: 'Wenn dieses nicht antwortet',
  answeredBy: 'Beantwortet von {{model}} ({{provider}}): Das Modell des Agenten konnte nicht antworten.',
  noModel: 'Noch keines: Der Agent kann nicht antworten.',
  may: 'Was er lesen und tun darf',
  connections: 'Verbundene Systeme',
  connection: '{{name}}: {{level}}',
  webSearch: '{{name}}: sucht im Web',
  kept: 'Was aufbewahrt wird',
  keptConversations: 'Ihre Unterhaltungen bleiben auf dem Server Ihrer Organisation, bis Sie sie löschen.',
  keptTrail:
    'Das Protokoll behält, wer wann gefragt hat, welche Werkzeuge womit verwendet wurden und wer zugestimmt hat. Admins lesen es; was Sie gesagt haben, steht nicht darin.',
  loadFailed: 'Was er darf, konnte nicht geladen werden.',
};
