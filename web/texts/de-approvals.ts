import { proposals } from '../../contract/texts/de-proposals.ts';
import type { approvals as english } from './en-approvals.ts';

export const approvals: typeof english = {
  title: 'Wartet auf Sie',
  description: 'Was Agenten tun möchten und nicht tun, bis Sie entschieden haben.',
  none: 'Nichts wartet auf Sie.',
  open: 'Unterhaltung öffnen',
  reviews: {
    title: 'Wieder anzusehen',
    hint: 'Sie verantworten diese Agenten. Stimmt jeder noch: wofür er da ist, was er darf, was ihm gesagt ist?',
    due: '{{agent}}: seit {{date}}',
    byAdmin: 'Ein Admin ändert ihn und setzt das nächste Datum.',
    settings: 'Einstellungen von {{agent}}',
    open: '{{agent}} öffnen',
  },
  inConversation: 'In „{{title}}“',
  host: 'Unter {{host}}',
  from: 'von',
  to: 'auf',
  lines_one: '{{count, number}} Zeile',
  lines_other: '{{count, number}} Zeilen',
  cut: 'Hier steht nur der Anfang; das Ganze steht in der Eingabe im Wortlaut.',
  raw: 'Eingabe im Wortlaut',
  rawHint: 'Genau das bekommt das Werkzeug:',
  record_one: 'Datensatz',
  record_other: 'Datensätze',
  about: 'So ist es jetzt',
  sets: 'Was gesetzt wird',
  unknownBefore: 'Was jetzt dort steht, wird nicht gezeigt: Der Agent darf es nicht lesen.',
  always: 'Hier immer erlauben',
  alwaysHint: 'Aufrufe wie dieser geschehen dann ohne Nachfrage, nur in dieser Unterhaltung, bis Sie es zurücknehmen.',
  allowed: 'Ohne Nachfrage, in dieser Unterhaltung:',
  allowedAnywhere: 'Ohne Nachfrage',
  allowedTool: 'jeder Aufruf von „{{tool}}“',
  takeBack: 'Zurücknehmen',
  takeBackOf: 'Zurücknehmen: {{what}}',
  notify: 'Mit einer Benachrichtigung dieses Browsers sagen',
  notifyHint:
    'Nur solange Pinchy in einem Tab offen ist, den Sie gerade nicht ansehen. Sie nennt den Agenten, nicht, was er tun würde.',
  notifyDenied:
    'Dieser Browser erlaubt Pinchy keine Benachrichtigungen. Das lässt sich in seinen Einstellungen ändern.',
  decideFailed: 'Es wurde nicht entschieden. {{reason}}',
  expiresIn: 'Entscheiden Sie innerhalb von {{time}} Min.',
  expired: 'Die Zeit zu entscheiden ist abgelaufen.',
  permit: 'Darf für eine ganze Unterhaltung erlaubt werden',
  permitHint:
    'Die Person im Chat kann dann „Hier immer erlauben“ sagen. Bevor etwas gelöscht wird, wird sie trotzdem gefragt.',
  permitDestructive:
    'Vorsicht: Was dieses Werkzeug tut, ist nicht rückgängig zu machen. Die Person im Chat kann es dann ohne Nachfrage geschehen lassen, bis sie das zurücknimmt.',
  changesPermitted_one: 'Bei einem Werkzeug geändert, ob es für eine ganze Unterhaltung erlaubt werden darf',
  changesPermitted_other: 'Bei {{count}} Werkzeugen geändert, ob sie für eine ganze Unterhaltung erlaubt werden dürfen',
  ...proposals,
};
