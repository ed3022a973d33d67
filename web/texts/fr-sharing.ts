import type { sharing as english } from './en-sharing.ts';

export const sharing: typeof english = {
  title: 'Partager cette conversation',
  off: 'Le partage des conversations est désactivé. Un admin peut le permettre sous Paramètres → Conversations.',
  intro:
    'Les personnes que vous nommez peuvent lire ce qui a été dit jusqu’à maintenant, et les fichiers que vous avez joints. Ce que vous direz plus tard reste à vous jusqu’à ce que vous actualisiez le lien.',
  rights:
    'Seules les personnes qui peuvent utiliser {{agent}} peuvent la lire, tant qu’elles le peuvent. Elles peuvent copier ce qui a été dit et continuer seules ; les copies restent quand vous arrêtez le partage.',
  readers: 'Qui peut la lire',
  search: 'Chercher des personnes et des groupes',
  group: 'Groupe',
  nobody: 'Personne trouvé qui puisse utiliser cet agent.',
  share: 'Partager',
  saved: 'Enregistré',
  linkHint: 'Envoyez-leur ce lien. Il ne s’ouvre pour personne d’autre.',
  state_one: 'Partagée le {{date}} : un message est montré.',
  state_other: 'Partagée le {{date}} : {{count}} messages sont montrés.',
  refresh: 'Montrer ce qui a été dit depuis',
  refreshed: 'Le lien montre la conversation telle qu’elle est maintenant',
  stop: 'Arrêter le partage',
  stopQuestion: 'Ne plus partager cette conversation ?',
  stopBody:
    'Plus aucune des personnes nommées ne pourra la lire. Le lien ne vaudra plus jamais : un nouveau partage donne un autre lien. Les copies restent.',
  stopped: 'Le lien ne vaut plus. Personne ne peut plus lire la conversation.',

  pageTitle: 'Conversation partagée',
  by: '{{owner}} a partagé cette conversation avec {{agent}} le {{date}}.',
  aiNotice:
    '{{agent}} est une IA. Ses réponses ont été données à {{owner}} et peuvent être fausses : vérifiez ce qui compte.',
  copy: 'Copier et continuer',
  copyHint:
    'Une copie de ce qui a été dit devient une conversation à vous, sans fichiers et sans ce que les outils ont lu.',
  copied: 'Ceci est votre copie. Ce que vous dites ici, vous seul le voyez.',
  gone: 'Cette conversation ne peut pas être lue',
  goneBody:
    'Elle n’est peut-être plus partagée avec vous, ou vous ne pouvez pas utiliser son agent. Demandez à la personne qui vous a envoyé le lien.',
  more_one: 'Montrer un message de plus',
  more_other: 'Montrer {{count}} messages de plus',
  transcript: 'Ce qui a été dit',
  withheld: 'Source {{number}} : pas disponible pour vous',
  toolCall: '{{tool}} : {{state}}',

  setting: {
    title: 'Partage des conversations',
    hint: 'On peut donner à des collègues un lien pour lire une de ses conversations. Seules les personnes nommées qui peuvent utiliser l’agent peuvent l’ouvrir.',
    allow: 'Permettre de partager des conversations',
    on: 'On peut désormais partager des conversations',
    off: 'Aucune conversation partagée ne peut plus être lue',
    moved: 'Le partage des conversations se règle sous Conversations.',
    offHint:
      'Désactivé, aucun lien ne vaut plus, aussitôt. Réactivé, ceux qui n’ont pas été arrêtés valent de nouveau.',
  },
};
