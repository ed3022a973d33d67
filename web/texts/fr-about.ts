import type { about as english } from './en-about.ts';

export const about: typeof english = {
  title: 'À propos de {{agent}}',
  ai: '{{agent}} est une IA : un modèle de langage fait ses réponses, et elles peuvent être fausses. Vérifiez ce qui compte, et ne lui laissez pas de décisions sur des personnes.',
  purpose: 'À quoi il sert',
  noPurpose: 'Personne ne l’a encore écrit.',
  personal: 'Votre propre assistant. Personne d’autre ne peut l’utiliser.',
  responsible: 'Qui en répond',
  nobody: 'Encore personne. Demandez à un admin.',
  yourself: 'Il est à vous ; les admins veillent à ce qu’il peut faire.',
  review: 'À revoir',
  overdue: 'dû depuis le {{date}}',
  model: 'Quel modèle, et où il tourne',
  local: 'Ollama, sur un serveur que votre organisation fait tourner : ce que vous écrivez y reste.',
  cloud:
    '{{provider}}, dans le cloud : ce que vous écrivez, les fichiers joints et ce que les outils lisent pour une réponse y sont envoyés.',
  fallback: 'Si celui-ci ne répond pas',
  answeredBy: 'Répondu par {{model}} ({{provider}}) : le modèle de l’agent n’a pas pu répondre.',
  noModel: 'Encore aucun : il ne peut pas répondre.',
  may: 'Ce qu’il peut lire et faire',
  connections: 'Systèmes connectés',
  connection: '{{name}} : {{level}}',
  webSearch: '{{name}} : cherche sur le web',
  kept: 'Ce qui est conservé',
  keptConversations:
    'Vos conversations restent sur le serveur de votre organisation jusqu’à ce que vous les supprimiez.',
  keptTrail:
    'Le journal garde qui a demandé quand, quels outils ont été utilisés sur quoi, et qui a approuvé. Les admins le lisent ; ce que vous avez dit n’y est pas.',
  loadFailed: 'Ce qu’il peut faire n’a pas pu être chargé.',
};
