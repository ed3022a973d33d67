import { tools } from '../../texts/de-tools.ts';
import { proposals } from '../../texts/de-proposals.ts';
import type { Terms } from '../match-sentences.ts';
import { sizesIn } from '../byte-units.ts';
import { nounsIn } from '../model-nouns.ts';
import { titlesIn } from '../tool-titles.ts';

/** Values of the server's sentences that are words of ours, in German. */
export const terms: Terms = {
  word: {
    text: 'Text',
    'a number': 'eine Zahl',
    'a whole number': 'eine ganze Zahl',
    'true or false': 'wahr oder falsch',
    'a list': 'eine Liste',
    'an object': 'ein Objekt',
    'to-do': 'eine Aufgabe',
    call: 'einen Anruf',
    meeting: 'ein Treffen',
    'e-mail': 'eine E-Mail',
  },
  other: { apiKey: 'Schlüssel', baseUrl: 'Adresse' },
  verbs: { read: 'Lesen', create: 'Anlegen', change: 'Ändern', delete: 'Löschen' },
  operation: { read: 'Lesen', create: 'Anlegen', write: 'Ändern', delete: 'Löschen' },
  which: { 'of {{host}}': 'von {{host}}' },
  refusal: {
    'of a kind that is never dialled': 'von einer Art, die nie angewählt wird',
    'this machine': 'dieser Rechner',
    'Pinchy itself': 'Pinchy selbst',
    'in a private network': 'in einem privaten Netz',
  },
  retryAfter: {
    '1 second': '1 Sekunde',
    '{{seconds}} seconds': '{{seconds}} Sekunden',
    '{{minutes}} minutes': '{{minutes}} Minuten',
  },
  timeLimit: {
    '1 second': '1 Sekunde',
    '{{seconds}} seconds': '{{seconds}} Sekunden',
    '{{minutes}} minutes': '{{minutes}} Minuten',
  },
  keyPages: {
    'the Anthropic console': 'in der Anthropic-Konsole',
    'the OpenAI platform settings': 'in den Einstellungen der OpenAI-Plattform',
    'Google AI Studio': 'in Google AI Studio',
    'your ollama.com settings': 'in Ihren Einstellungen auf ollama.com',
    'the server in front of Ollama': 'den Server vor Ollama',
  },
  model: { 'The model': 'Das Modell', 'The model "{{model}}"': 'Das Modell „{{model}}“' },
  count: {
    '1 entry': '1 Eintrag',
    '{{count}} entries': '{{count}} Einträge',
    '1 entry is': '1 Eintrag ist',
    '{{count}} entries are': '{{count}} Einträge sind',
  },
  owner: {
    'Settings → Providers': 'Einstellungen → Anbieter',
    'Settings → Organisation': 'Einstellungen → Organisation',
    'Settings → Security': 'Einstellungen → Sicherheit',
    'Settings → Licence': 'Einstellungen → Lizenz',
    'Settings → Conversations': 'Einstellungen → Unterhaltungen',
    Knowledge: 'Wissen',
    'the server itself': 'dem Server selbst',
  },
  kind: {
    embedded: 'eingebettet',
    'of its own (DATABASE_URL)': 'eigener Server (DATABASE_URL)',
    'vendor bill': 'die Eingangsrechnung',
    'vendor credit note': 'die Lieferantengutschrift',
    'purchase receipt': 'den Einkaufsbeleg',
    'customer invoice': 'die Ausgangsrechnung',
    'customer credit note': 'die Kundengutschrift',
    'sales receipt': 'den Verkaufsbeleg',
    delivery: 'die Lieferung',
    receipt: 'den Wareneingang',
    'internal transfer': 'die interne Umlagerung',
    transfer: 'die Umlagerung',
  },
  than: {
    "the database's": 'der Datenbank',
    "a provider's": 'einem Anbieter',
    'the newest entry of the audit trail': 'dem neuesten Eintrag des Prüfprotokolls',
  },
  age: {
    '1 minute': '1 Minute',
    '{{minutes}} minutes': '{{minutes}} Minuten',
    '{{hours}} hours': '{{hours}} Stunden',
    '{{days}} days': '{{days}} Tage',
  },
  late: {
    '1 minute': '1 Minute',
    '{{minutes}} minutes': '{{minutes}} Minuten',
    '{{hours}} hours': '{{hours}} Stunden',
    '{{days}} days': '{{days}} Tagen',
  },
  ...sizesIn({ MB: 'MB', GB: 'GB' }),
  noun: nounsIn(proposals),
  openChats: {
    '1 open chat': '1 offener Chat',
    '{{count}} open chats': '{{count}} offene Chats',
  },
  answers: {
    '1 answer being written': '1 Antwort, die gerade geschrieben wird',
    '{{count}} answers being written': '{{count}} Antworten, die gerade geschrieben werden',
  },
  requests: {
    '1 request waiting for the database': '1 Anfrage, die auf die Datenbank wartet',
    '{{count}} requests waiting for the database': '{{count}} Anfragen, die auf die Datenbank warten',
  },
  runs: {
    '1 answer': '1 Antwort',
    '{{count}} answers': '{{count}} Antworten',
  },
  approvals: {
    '1 approval': '1 Freigabe',
    '{{count}} approvals': '{{count}} Freigaben',
  },
  telegram: {
    '1 message of Telegram': '1 Nachricht von Telegram',
    '{{count}} messages of Telegram': '{{count}} Nachrichten von Telegram',
  },
  unsealed: {
    '1 unsealed audit entry': '1 noch nicht versiegelter Eintrag des Protokolls',
    '{{count}} unsealed audit entries': '{{count}} noch nicht versiegelte Einträge des Protokolls',
  },
  title: titlesIn(tools, (title) => `„${title}“`),
};
