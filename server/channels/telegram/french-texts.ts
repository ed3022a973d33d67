import type { PlaceParts } from '../../../contract/place-parts.ts';
import type { UntakenKind } from './message-words.ts';
import type { commands as englishCommands, TelegramTexts } from './texts.ts';

const minutesOf = (minutes: number) => (minutes === 1 ? 'une minute' : `${minutes} minutes`);

const untaken: Record<UntakenKind, string> = {
  gif: 'un GIF',
  voice: 'un message vocal',
  audio: 'un fichier audio',
  video: 'une vidéo',
  sticker: 'un autocollant',
  story: 'une story',
  paidMedia: 'des médias payants',
  game: 'un jeu',
  invoice: 'une facture de Telegram',
  unknown: 'ce type de message',
};

export const texts: TelegramTexts = {
  pair: (code, minutes) =>
    `Bonjour ! Pour me parler ici, ouvrez Pinchy, allez dans Paramètres → Telegram et saisissez ce code d’ici ${minutesOf(minutes)} : <code>${code}</code>`,
  pairLater: (minutes) =>
    `Vous avez reçu plusieurs codes récemment. Écrivez-moi à nouveau dans ${minutesOf(minutes)} pour en obtenir un autre.`,
  linked:
    'Votre compte Telegram est associé. Vous parlez ici à une IA, qui peut se tromper : vérifiez ce qui compte. Écrivez-moi quand vous voulez ; /help montre ce que je comprends.',
  welcome: (agent) =>
    `Bonjour ! Ici ${agent}, une IA, qui peut se tromper : vérifiez ce qui compte. Écrivez-moi comme dans le navigateur ; c’est la même conversation.`,
  refused:
    'Désolé, je ne peux pas vous aider ici. Demandez à un administrateur de votre Pinchy si vous pensez que je le devrais.',
  group: 'Désolé, je ne parle que dans les discussions privées. Écrivez-moi directement.',
  begun: 'Une nouvelle conversation commence. La précédente reste dans le navigateur.',
  stopped: 'Arrêté.',
  idle: 'Rien n’est en cours.',
  recording:
    'Désolé, je ne peux ni écouter ni regarder des enregistrements. Je lis du texte, des photos et des documents.',
  untaken: (kind) =>
    `Désolé, je ne peux pas prendre ${untaken[kind]}, ni des enregistrements. Je lis du texte, des photos, des documents, des lieux, des contacts et des sondages.`,
  edited: 'J’ai modifié un message. Il dit maintenant :',
  editedCommand:
    'Une commande compte quand elle est envoyée, pas quand un message devient une commande. Envoyez-la comme nouveau message.',
  fileRefused: 'Désolé, je n’ai pas accès à un fichier que vous avez envoyé. Téléversez-le plutôt dans le navigateur.',
  fileUnreachable: (filename) =>
    `Désolé, Telegram n’a pas remis le fichier ${filename}. Renvoyez-le plus tard, ou téléversez-le dans le navigateur.`,
  unread:
    'Je n’ai pas d’outil pour lire des fichiers : j’apprends leurs noms, et rien de ce qu’ils contiennent. Des images peuvent m’être montrées.',
  tooLarge: 'Désolé, un fichier sur Telegram peut avoir 20 Mo au plus. Téléversez-le plutôt dans le navigateur.',
  lost: 'Désolé, votre message a rencontré un problème. Veuillez le renvoyer.',
  button: 'Ceci n’attend plus de réponse.',
  approve: 'Approuver',
  deny: 'Refuser',
  askToDecide: (minutes) => `Dois-je le faire ? Décidez d’ici ${minutesOf(minutes)}.`,
  decideInBrowser: (minutes) =>
    `C’est trop long pour être montré ici. Décidez dans le navigateur d’ici ${minutesOf(minutes)}, ou refusez.`,
  waitsElsewhere: (agent, what, minutes) =>
    `${agent} attend votre décision dans une autre conversation : ${what}. Décidez d’ici ${minutesOf(minutes)} dans Pinchy, sous « Vous attend ».`,
  approved: 'Approuvé.',
  denied: 'Refusé.',
  noLongerWaits: 'Ceci n’attend plus.',
  refusedByTelegram:
    'Telegram n’a pas accepté une partie de cette réponse. Elle se trouve dans Pinchy, dans le navigateur.',
  approvalRefused:
    'Quelque chose attend votre décision, que Telegram ne me laisse pas montrer ici. Décidez dans le navigateur.',
  cutOff: {
    length:
      'Cette réponse est coupée : elle a atteint la limite de ce que le modèle peut écrire. Écrivez « continue » pour la suite.',
    filter: 'Le filtre de contenu du fournisseur a arrêté cette réponse. Posez la question autrement.',
    step_limit:
      'L’agent a utilisé toutes les étapes d’une réponse, il peut donc manquer quelque chose. Écrivez « continue » pour poursuivre.',
    aborted: 'Arrêté par vous.',
  },
  answeredBy: (model) => `Répondu par ${model} : le modèle de l’agent n’a pas pu répondre.`,
  sources: 'Sources :',
  place: placeText,
  moreSources: (count) => (count === 1 ? 'et une autre, dans Pinchy' : `et ${count} autres, dans Pinchy`),
  empty: '(L’agent a terminé sans réponse.)',
  askedElsewhere: 'Vous, dans le navigateur :',
  help: [
    'Écrivez-moi, ou envoyez des photos et des documents de 20 Mo au plus, des lieux, des contacts et des sondages.',
    '',
    '/new – commencer une nouvelle conversation',
    '/stop – arrêter la réponse en cours d’écriture',
    '/help – montrer ceci',
  ].join('\n'),
};

function placeText(parts: PlaceParts): string {
  switch (parts.kind) {
    case 'page':
      return `page ${parts.number}`;
    case 'slide':
      return `diapositive ${parts.number}`;
    case 'line':
      return `ligne ${parts.number}`;
    case 'rows':
      return `feuille ${parts.sheet}, lignes ${parts.from}–${parts.to}`;
    case 'row':
      return `feuille ${parts.sheet}, ligne ${parts.row}`;
    case 'sheet':
      return `feuille ${parts.sheet}`;
    case 'picture':
      return 'image';
  }
}

export const commands: typeof englishCommands = [
  { command: 'new', description: 'Commencer une nouvelle conversation' },
  { command: 'stop', description: 'Arrêter la réponse' },
  { command: 'help', description: 'Ce que je comprends' },
];
