import type { EverydayTexts } from './translate.ts';

/** Was man mit Unterhaltungen und Antworten ab und zu tut, auf Deutsch. */
export const everyday: EverydayTexts['everyday'] = {
  places: {
    temporary: 'Temporäre Unterhaltung',
    choose: 'Mehrere auswählen',
    showArchived: 'Archivierte Unterhaltungen',
    hideArchived: 'Zurück zu allen Unterhaltungen',
    nothingArchived: 'Nichts ist archiviert.',
    pin: 'Anheften',
    unpin: 'Nicht mehr anheften',
    archive: 'Archivieren',
    restore: 'Aus dem Archiv holen',
    archived_one: 'Archiviert. Die Suche findet sie.',
    archived_other: '{{count}} archiviert. Die Suche findet sie.',
    restored_one: 'Wieder in der Liste.',
    restored_other: '{{count}} sind wieder in der Liste.',
    undo: 'Rückgängig',
    chosen_one: '{{count}} ausgewählt',
    chosen_other: '{{count}} ausgewählt',
    chooseAll: 'Alle auswählen',
    chooseOne: '„{{title}}“ auswählen',
    choosing: 'Unterhaltungen auswählen',
    tooMany: 'Höchstens {{count}} auf einmal.',
    done: 'Fertig',
    delete: 'Löschen',
    export: 'Exportieren',
    deleteTitle_one: 'Diese Unterhaltung löschen?',
    deleteTitle_other: '{{count}} Unterhaltungen löschen?',
    deleteQuestion: 'Alles, was darin gesagt wurde, ist dann endgültig weg, samt den angehängten Dateien.',
  },
  temporary: {
    title: 'Temporäre Unterhaltung',
    explain:
      'Sie steht in keiner Liste und in keiner Suche. Sobald Sie sie verlassen, ist sie mit ihren Dateien endgültig weg, spätestens {{hours}} Stunden nach Ihrer letzten Nachricht.',
    trail:
      'Was der Agent mit seinen Werkzeugen tut, steht wie immer im Prüfprotokoll, und sein Verbrauch wird gezählt; was Sie sagen, steht in beidem nicht. Eine Sicherung, die inzwischen gemacht wird, enthält sie.',
    more: 'Was bleibt',
    leave: 'Jetzt beenden',
  },
  ratings: {
    up: 'Gute Antwort',
    down: 'Schlechte Antwort',
    dialog: 'Ihre Bewertung',
    comment: 'In einem Wort, wenn Sie mögen',
    commentDown: 'Was daran falsch war, wenn Sie mögen',
    share: 'Admins dürfen diese Antwort, meine Frage und meine Worte lesen',
    shareHint: 'Ohne Ihren Namen. Ohne Häkchen sehen sie nur Zahlen. Sie können es jederzeit zurücknehmen.',
    save: 'Speichern',
    remove: 'Zurücknehmen',
    shared: 'Mit Admins geteilt',
  },
};
