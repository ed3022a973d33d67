import type * as english from './en-report.ts';

export const report: typeof english.report = {
  title: 'Problem melden',
  description: 'Was an dieser Installation in Ordnung ist und was nicht, zum Weitergeben an alle, die Ihnen helfen.',
  descriptionMember: 'Wenn etwas nicht funktioniert.',
  installation: 'Diese Installation',
  installationHint:
    'Die Seite von „pinchy doctor“: Versionen, Größen, Anzahlen und Zustände. Sie enthält keine Geheimnisse, Namen, Adressen oder Verzeichnisse und darf in eine öffentliche Fehlermeldung. Sie ist auf Englisch.',
  again: 'Erneut untersuchen',
  well: 'Alles ist in Ordnung',
  wrong_one: 'Eines ist nicht in Ordnung',
  wrong_other: '{{count}} Dinge sind nicht in Ordnung',
  examined: 'Pinchy {{version}}, untersucht {{date}}',
  copy: 'Bericht kopieren',
  copied: 'Der Bericht ist kopiert',
  download: 'Herunterladen',
  health: { well: 'In Ordnung', notice: 'Ansehen', wrong: 'Nicht in Ordnung' },
  ask: 'Wen Sie fragen können',
  askHint:
    'Diese Personen verwalten Pinchy. Sagen Sie ihnen, was Sie getan haben, was Sie erwartet haben, was geschah und wann; wenn eine Meldung eine Anfrage nannte, auch deren Nummer.',
};
