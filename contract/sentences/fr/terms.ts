import { tools } from '../../texts/fr-tools.ts';
import { proposals } from '../../texts/fr-proposals.ts';
import type { Terms } from '../match-sentences.ts';
import { sizesIn } from '../byte-units.ts';
import { nounsIn } from '../model-nouns.ts';
import { titlesIn } from '../tool-titles.ts';

/** Values of the server's sentences that are words of ours, in French. */
export const terms: Terms = {
  word: {
    text: 'du texte',
    'a number': 'un nombre',
    'a whole number': 'un nombre entier',
    'true or false': 'vrai ou faux',
    'a list': 'une liste',
    'an object': 'un objet',
    'to-do': 'une tâche',
    call: 'un appel',
    meeting: 'une réunion',
    'e-mail': 'un e-mail',
  },
  other: { apiKey: 'clé', baseUrl: 'adresse' },
  verbs: { read: 'lire', create: 'créer', change: 'modifier', delete: 'supprimer' },
  operation: { read: 'lire', create: 'créer', write: 'modifier', delete: 'supprimer' },
  which: { 'of {{host}}': 'de {{host}}' },
  refusal: {
    'of a kind that is never dialled': 'de celles que l’on n’appelle jamais',
    'this machine': 'sur cette machine',
    'Pinchy itself': 'celle de Pinchy lui-même',
    'in a private network': 'dans un réseau privé',
  },
  retryAfter: {
    '1 second': '1 seconde',
    '{{seconds}} seconds': '{{seconds}} secondes',
    '{{minutes}} minutes': '{{minutes}} minutes',
  },
  timeLimit: {
    '1 second': '1 seconde',
    '{{seconds}} seconds': '{{seconds}} secondes',
    '{{minutes}} minutes': '{{minutes}} minutes',
  },
  keyPages: {
    'the Anthropic console': 'dans la console Anthropic',
    'the OpenAI platform settings': 'dans les paramètres de la plateforme OpenAI',
    'Google AI Studio': 'dans Google AI Studio',
    'your ollama.com settings': 'dans vos paramètres sur ollama.com',
    'the server in front of Ollama': 'le serveur devant Ollama',
  },
  model: { 'The model': 'Le modèle', 'The model "{{model}}"': 'Le modèle « {{model}} »' },
  count: {
    '1 entry': '1 entrée',
    '{{count}} entries': '{{count}} entrées',
    '1 entry is': '1 entrée est',
    '{{count}} entries are': '{{count}} entrées sont',
  },
  owner: {
    'Settings → Providers': 'Paramètres → Fournisseurs',
    'Settings → Organisation': 'Paramètres → Organisation',
    'Settings → Security': 'Paramètres → Sécurité',
    'Settings → Licence': 'Paramètres → Licence',
    'Settings → Conversations': 'Paramètres → Conversations',
    Knowledge: 'Connaissances',
    'the server itself': 'le serveur lui-même',
  },
  kind: {
    embedded: 'intégrée',
    'of its own (DATABASE_URL)': 'à part (DATABASE_URL)',
    'vendor bill': 'la facture fournisseur',
    'vendor credit note': 'l’avoir fournisseur',
    'purchase receipt': 'le reçu d’achat',
    'customer invoice': 'la facture client',
    'customer credit note': 'l’avoir client',
    'sales receipt': 'le reçu de vente',
    delivery: 'la livraison',
    receipt: 'la réception',
    'internal transfer': 'le transfert interne',
    transfer: 'le transfert',
  },
  than: {
    "the database's": 'celle de la base de données',
    "a provider's": 'celle d’un fournisseur',
    'the newest entry of the audit trail': 'l’entrée la plus récente du journal d’audit',
  },
  age: {
    '1 minute': '1 minute',
    '{{minutes}} minutes': '{{minutes}} minutes',
    '{{hours}} hours': '{{hours}} heures',
    '{{days}} days': '{{days}} jours',
  },
  late: {
    '1 minute': '1 minute',
    '{{minutes}} minutes': '{{minutes}} minutes',
    '{{hours}} hours': '{{hours}} heures',
    '{{days}} days': '{{days}} jours',
  },
  ...sizesIn({ MB: 'Mo', GB: 'Go' }),
  noun: nounsIn(proposals),
  openChats: {
    '1 open chat': '1 chat ouvert',
    '{{count}} open chats': '{{count}} chats ouverts',
  },
  answers: {
    '1 answer being written': '1 réponse en cours d’écriture',
    '{{count}} answers being written': '{{count}} réponses en cours d’écriture',
  },
  requests: {
    '1 request waiting for the database': '1 requête en attente de la base de données',
    '{{count}} requests waiting for the database': '{{count}} requêtes en attente de la base de données',
  },
  runs: {
    '1 answer': '1 réponse',
    '{{count}} answers': '{{count}} réponses',
  },
  approvals: {
    '1 approval': '1 approbation',
    '{{count}} approvals': '{{count}} approbations',
  },
  telegram: {
    '1 message of Telegram': '1 message de Telegram',
    '{{count}} messages of Telegram': '{{count}} messages de Telegram',
  },
  unsealed: {
    '1 unsealed audit entry': '1 entrée du journal non scellée',
    '{{count}} unsealed audit entries': '{{count}} entrées du journal non scellées',
  },
  title: titlesIn(tools, (title) => `« ${title} »`),
};
