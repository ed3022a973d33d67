import type { overview as english } from './en-overview.ts';

export const overview: typeof english = {
  title: 'Vue d’ensemble',
  description: 'Ce qui vous attend, ce qui vient ensuite, et ce qui s’est passé.',
  attention: 'Demande votre attention',
  attentionHint: 'Vérifié à l’instant, et chaque minute tant que cette page est ouverte.',
  nothing: 'Rien ne vous attend',
  nothingBody: 'Les connexions fonctionnent, les documents sont lisibles, le journal tient.',
  open: 'Ouvrir',

  noProvider: 'Aucun fournisseur de modèles n’est connecté ; aucun agent ne peut donc répondre.',
  approvals_one: '{{count}} appel attend la personne qui a demandé, depuis {{since}}.',
  approvals_other: '{{count}} appels attendent les personnes qui ont demandé, le plus ancien depuis {{since}}.',
  connection: '{{name}} n’a pas pu être synchronisé : {{reason}}',
  bot: 'Le bot {{name}} ne fonctionne pas : {{reason}}',
  failures: {
    no_provider_one:
      '{{count}} réponse a échoué ces dernières 24 heures parce qu’aucun fournisseur n’était là pour elle.',
    no_provider_other:
      '{{count}} réponses ont échoué ces dernières 24 heures parce qu’aucun fournisseur n’était là pour elles.',
    provider_auth_one: '{{count}} réponse a échoué ces dernières 24 heures parce qu’un fournisseur a refusé sa clé.',
    provider_auth_other:
      '{{count}} réponses ont échoué ces dernières 24 heures parce qu’un fournisseur a refusé sa clé.',
    provider_quota_one:
      '{{count}} réponse a échoué ces dernières 24 heures parce que le compte auprès d’un fournisseur n’a plus de crédit.',
    provider_quota_other:
      '{{count}} réponses ont échoué ces dernières 24 heures parce que le compte auprès d’un fournisseur n’a plus de crédit.',
    model_not_found_one: '{{count}} réponse a échoué ces dernières 24 heures parce que son modèle n’est plus proposé.',
    model_not_found_other:
      '{{count}} réponses ont échoué ces dernières 24 heures parce que leur modèle n’est plus proposé.',
  },
  fallbacks_one: 'Une réponse des dernières 24 heures a été confiée à un modèle de secours.',
  fallbacks_other: '{{count}} réponses des dernières 24 heures ont été confiées à un modèle de secours.',
  budgetUsedUp: '{{budget}} est épuisé.',
  budgetNearly: '{{budget}} est presque épuisé.',
  budgetOf: {
    organisation: 'Le budget de l’organisation ({{period}})',
    group: 'Le budget du groupe {{name}} ({{period}})',
    user: 'Le budget de {{name}} ({{period}})',
    agent: 'Le budget de l’agent {{name}} ({{period}})',
  },
  unreadable_one: '{{count, number}} document est illisible ; aucun agent ne le trouve.',
  unreadable_other: '{{count, number}} documents sont illisibles ; aucun agent ne les trouve.',
  withoutModel: 'Sans modèle, donc sans réponse possible : {{names}}.',
  trailInvalid: 'Le dernier contrôle a trouvé le journal d’audit modifié.',
  trailAnchor: 'Le journal d’audit ne mène pas à son ancre.',
  trailWaiting: 'Des entrées du journal d’audit ne sont pas scellées, depuis {{since}}.',
  licenceExpired: 'La licence a expiré le {{date}}.',
  licenceEnds_one: 'La licence prend fin demain.',
  licenceEnds_other: 'La licence prend fin dans {{count}} jours.',
  seats: 'Toutes les places de la licence sont prises ({{maximum}} en tout).',
  noBackup: 'Pinchy n’a encore fait aucune sauvegarde.',
  oldBackup_one: 'La dernière sauvegarde date d’un jour.',
  oldBackup_other: 'La dernière sauvegarde date de {{count}} jours.',
  backupHelp:
    '`pinchy backup <fichier>` sur le serveur en fait une (depuis les sources `npm run pinchy -- backup <fichier>`) ; faites-le exécuter chaque nuit.',

  trailUnverified_one: 'Le journal d’audit a été vérifié pour la dernière fois il y a un jour.',
  trailUnverified_other: 'Le journal d’audit a été vérifié pour la dernière fois il y a {{count}} jours.',
  trailNeverVerified: 'Le journal d’audit n’a jamais été vérifié.',
  update: 'Pinchy {{version}} est disponible ; ici tourne {{running}}.',
  updateHelp: 'Faites une sauvegarde, lisez ce qui a changé, puis mettez à jour.',
  updateLink: 'Les nouveautés',
  noOwner: 'Personne n’est responsable de : {{names}}.',
  reviewDue: 'À réexaminer : {{names}}.',
  stopTitle: 'Arrêter tous les agents',
  stopHint:
    'Pour quand quelque chose tourne mal : chaque réponse s’arrête aussitôt, sur tous les canaux, et aucun outil n’est appelé.',
  stopAll: 'Arrêter tous les agents…',
  stopQuestion: 'Arrêter tous les agents ?',
  stopBody:
    'Les réponses en cours de rédaction s’arrêtent aussitôt, pour tout le monde. Les agents répondent à nouveau quand vous les relancez.',
  stopConfirm: 'Tout arrêter',
  stopped_one: '{{count}} agent est arrêté : {{names}}.',
  stopped_other: '{{count}} agents sont arrêtés : {{names}}.',
  resumeAll: 'Tout relancer',
  allStopped: 'Tous les agents sont arrêtés',
  allResumed: 'Les agents répondent à nouveau',

  steps: 'Premiers pas',
  stepsHint: '{{done}} sur {{all}} faits',
  step: {
    provider: {
      title: 'Connecter un fournisseur de modèles',
      body: 'Ce avec quoi les agents réfléchissent : un service, ou Ollama sur votre propre matériel.',
    },
    agent: { title: 'Créer un agent', body: 'Un collègue avec une mission : un assistant du manuel, par exemple.' },
    documents: { title: 'Ajouter des documents', body: 'Les agents lisent ce que vous leur accordez, et le citent.' },
    question: { title: 'Poser une question', body: 'La réponse, son coût et chaque outil utilisé sont consignés.' },
    people: { title: 'Inviter votre équipe', body: 'Un lien par personne.' },
    backup: {
      title: 'Faire une sauvegarde',
      body: '`pinchy backup <fichier>` sur le serveur met tout dans un fichier (depuis les sources `npm run pinchy -- backup <fichier>`).',
    },
  },
  isDone: 'fait',

  activity: 'Les sept derniers jours',
  activityNone: 'Personne n’a rien demandé ces sept derniers jours.',
  day: 'Jour',
  questions: 'Questions',
  people: 'Personnes',
  agents: 'Agents',
  failed: 'Échecs',
};
