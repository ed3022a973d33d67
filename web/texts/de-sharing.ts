import type * as english from './en-sharing.ts';

export const sharing: typeof english.sharing = {
  title: 'Diese Unterhaltung teilen',
  off: 'Unterhaltungen zu teilen ist ausgeschaltet. Ein Admin kann es unter Einstellungen → Unterhaltungen erlauben.',
  intro:
    'Wen Sie nennen, kann lesen, was bis jetzt gesagt wurde, und die Dateien, die Sie angehängt haben. Was Sie später sagen, bleibt bei Ihnen, bis Sie den Link erneuern.',
  rights:
    'Nur wer {{agent}} nutzen darf, kann sie lesen, und nur solange. Man kann kopieren, was gesagt wurde, und selbst weitermachen; Kopien bleiben, wenn Sie nicht mehr teilen.',
  readers: 'Wer sie lesen darf',
  search: 'Personen und Gruppen suchen',
  group: 'Gruppe',
  nobody: 'Niemand gefunden, der diesen Agenten nutzen darf.',
  share: 'Teilen',
  saved: 'Gespeichert',
  linkHint: 'Senden Sie ihnen diesen Link. Für alle anderen öffnet er nichts.',
  state_one: 'Geteilt am {{date}}: Eine Nachricht ist zu sehen.',
  state_other: 'Geteilt am {{date}}: {{count}} Nachrichten sind zu sehen.',
  refresh: 'Zeigen, was seither gesagt wurde',
  refreshed: 'Der Link zeigt die Unterhaltung, wie sie jetzt ist',
  stop: 'Nicht mehr teilen',
  stopQuestion: 'Diese Unterhaltung nicht mehr teilen?',
  stopBody:
    'Niemand, den Sie genannt haben, kann sie mehr lesen. Der Link gilt nie wieder: Teilen Sie sie von Neuem, gibt es einen anderen. Kopien bleiben.',
  stopped: 'Der Link gilt nicht mehr. Niemand kann die Unterhaltung mehr lesen.',

  pageTitle: 'Geteilte Unterhaltung',
  by: '{{owner}} hat diese Unterhaltung mit {{agent}} am {{date}} geteilt.',
  aiNotice:
    '{{agent}} ist eine KI. Die Antworten gingen an {{owner}} und können falsch sein: Prüfen Sie, worauf es ankommt.',
  copy: 'Kopieren und weitermachen',
  copyHint:
    'Eine Kopie des Gesagten wird eine eigene Unterhaltung von Ihnen, ohne Dateien und ohne das, was Werkzeuge gelesen haben.',
  copied: 'Das ist Ihre Kopie. Was Sie hier sagen, sehen nur Sie.',
  gone: 'Diese Unterhaltung kann nicht gelesen werden',
  goneBody:
    'Vielleicht wird sie nicht mehr mit Ihnen geteilt, oder Sie dürfen ihren Agenten nicht nutzen. Fragen Sie die Person, von der Sie den Link haben.',
  more_one: 'Eine weitere Nachricht zeigen',
  more_other: '{{count}} weitere Nachrichten zeigen',
  transcript: 'Was gesagt wurde',
  withheld: 'Quelle {{number}}: für Sie nicht verfügbar',
  toolCall: '{{tool}}: {{state}}',

  setting: {
    title: 'Unterhaltungen teilen',
    hint: 'Man darf Kolleginnen und Kollegen einen Link geben, um eine eigene Unterhaltung zu lesen. Öffnen kann ihn nur, wer genannt ist und den Agenten nutzen darf.',
    allow: 'Erlauben, Unterhaltungen zu teilen',
    on: 'Ab jetzt darf man Unterhaltungen teilen',
    off: 'Keine geteilte Unterhaltung kann mehr gelesen werden',
    moved: 'Ob Unterhaltungen geteilt werden dürfen, steht unter Unterhaltungen.',
    offHint:
      'Ausgeschaltet gilt sofort kein Link mehr. Wieder eingeschaltet gelten jene wieder, die nicht beendet wurden.',
  },
};
