import type * as english from './en-where.ts';

export const where: typeof english.where = {
  title: 'Wer hier was sieht',
  conversation: 'Diese Unterhaltung ist privat',
  conversationBody:
    'Niemand sonst kann sie über Pinchy lesen, auch kein Admin. Wer den Server oder seine Datenbank verwaltet, könnte es.',
  shared: 'Diese Unterhaltung ist geteilt',
  sharedBody: '{{names}} kann lesen, was bis zum Teilen gesagt wurde, mit Anhängen. Niemand sonst, auch kein Admin.',
  uploads: 'Was Sie hier hochladen',
  uploadsBody:
    'Nur Sie und dieser Agent, in Ihren Unterhaltungen mit ihm. Bilder, und was der Agent von anderen Dateien liest, gehen an das Modell von {{provider}}.',
  uploadsPictures:
    'Nur Sie und dieser Agent. Bilder gehen an das Modell von {{provider}}; andere Dateien kann dieser Agent nicht lesen.',
  noProvider: 'Ihrem Anbieter',
  admins: 'Was Admins sehen',
  adminsBody:
    'Dass Sie gesprochen haben, wann und zu welchen Kosten; welche Werkzeuge auf welche Dokumente und Datensätze angewendet wurden; Art und Größe von Uploads. Nicht, was Sie oder der Agent geschrieben haben, außer Sie haben eine Antwort bewertet und zugestimmt, sie zu zeigen.',
  agent: 'Der Agent selbst',
  agentPersonal: '{{agent}} spricht nur mit Ihnen.',
  agentAll: 'Alle in Ihrem Team können mit {{agent}} sprechen, jeder in eigenen Unterhaltungen.',
  agentGroups: 'Mitglieder bestimmter Gruppen können mit {{agent}} sprechen, jeder in eigenen Unterhaltungen.',
  responsible: 'Verantwortlich ist {{name}}.',
  connection: 'Verbindung',
  toTrail: 'Was das Prüfprotokoll über diesen Agenten sagt',
};
