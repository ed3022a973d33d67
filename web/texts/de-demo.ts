import type { demo as english } from './en-demo.ts';

/** Texts of the demo: its banner, its people, its stories. */
export const demo: typeof english = {
  title: 'Das ist die Demo',
  banner:
    'Die Demo: Personen und Dokumente sind Beispiele, Antworten kommen aus Regeln und nicht von einer KI, nichts bleibt erhalten.',
  bannerShort: 'Die Demo: Beispiele, Regeln, nichts bleibt.',
  switch: 'Jemand anders sein',
  intro: 'Wählen Sie, wer Sie sein möchten. Nichts bleibt erhalten.',
  signInAs: 'Als {{name}} anmelden',
  ownAccount: 'Oder mit einem eigenen Konto',
  stories: 'Geschichten',
  storiesTitle: 'Bei der Arbeit zusehen',
  storiesHint: 'Jede öffnet sich dort, wo sie spielt; die Zeile oben sagt dann, was dort zu tun ist.',
  storyAs: 'als {{name}}',
  storyEnd: 'Geschichte beenden',
  story: {
    search: {
      title: 'Ein Agent durchsucht die Dokumente',
      line: 'Er findet die Stelle in allen Dateien, die er lesen darf.',
      hint: 'Die Frage ist schon geschrieben: Senden Sie sie, und öffnen Sie dann die Zeile mit den Werkzeugen: Sie sehen, was gesucht und gelesen wurde.',
    },
    citation: {
      title: 'Ein Agent nennt seine Quelle',
      line: 'Jede Antwort führt zur Stelle im Dokument.',
      hint: 'Drücken Sie auf die Zahl hinter einer Antwort: Die Stelle öffnet sich, wie sie im Dokument steht.',
    },
    approval: {
      title: 'Eine Änderung wartet auf einen Menschen',
      line: 'Was nach außen geht oder etwas ändert, fragt zuerst.',
      hint: 'Die Nachricht ist schon geschrieben: Senden Sie sie. Smithers darf das nicht allein speichern: Sie genehmigen es oder lehnen es ab.',
    },
    budget: {
      title: 'Ein Budget ist aufgebraucht',
      line: 'Ein Agent hat ausgegeben, was er heute darf; die nächste Frage wird nicht zugelassen.',
      hint: 'Die Nachricht ist geschrieben: Senden Sie sie ab. Das Budget des Agenten für heute ist aufgebraucht, und die Antwort sagt, bis wann. „Budgets öffnen“ zeigt, was ausgegeben wurde, und erhöht es.',
    },
    trail: {
      title: 'Wer was gelesen hat, und für wen',
      line: 'Jeder Gebrauch eines Werkzeugs ist eine Zeile, die niemand unbemerkt ändert.',
      hint: 'Diese Einträge handeln von einem Dokument. Öffnen Sie einen, dann „Der ganze Ablauf“.',
    },
  },
};
