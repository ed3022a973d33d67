import { proposals } from '../../contract/texts/fr-proposals.ts';
import type { approvals as english } from './en-approvals.ts';

export const approvals: typeof english = {
  title: 'Vous attend',
  description: 'Ce que les agents voudraient faire et ne font pas tant que vous n’avez pas décidé.',
  none: 'Rien ne vous attend.',
  open: 'Ouvrir la conversation',
  reviews: {
    title: 'À revoir',
    hint: 'Vous répondez de ces agents. Chacun est-il encore juste : à quoi il sert, ce qu’il peut faire, ce qui lui est dit ?',
    due: '{{agent}} : depuis le {{date}}',
    byAdmin: 'Un administrateur le modifie et fixe la prochaine date.',
    settings: 'Paramètres de {{agent}}',
    open: 'Ouvrir {{agent}}',
  },
  inConversation: 'Dans « {{title}} »',
  host: 'À l’adresse {{host}}',
  from: 'de',
  to: 'à',
  lines_one: '{{count, number}} ligne',
  lines_other: '{{count, number}} lignes',
  cut: 'Seul le début est montré ici ; le texte entier se trouve dans l’entrée brute.',
  raw: 'Entrée brute',
  rawHint: 'Exactement ce que l’outil reçoit :',
  record_one: 'Enregistrement',
  record_other: 'Enregistrements',
  about: 'Tel qu’il est maintenant',
  sets: 'Ce qui est enregistré',
  unknownBefore: 'Ce qui s’y trouve maintenant n’est pas montré : l’agent n’a pas le droit de le lire.',
  always: 'Toujours autoriser ici',
  alwaysHint:
    'Les appels comme celui-ci se font alors sans demander, dans cette conversation seulement, jusqu’à ce que vous reveniez dessus.',
  allowed: 'Sans demander, dans cette conversation :',
  allowedAnywhere: 'Sans demander',
  allowedTool: 'chaque appel de « {{tool}} »',
  takeBack: 'Retirer',
  takeBackOf: 'Retirer : {{what}}',
  notify: 'Me prévenir par une notification de ce navigateur',
  notifyHint:
    'Seulement tant que Pinchy est ouvert dans un onglet que vous ne regardez pas. Elle nomme l’agent, pas ce qu’il ferait.',
  notifyDenied:
    'Ce navigateur n’autorise pas Pinchy à afficher des notifications. Vous pouvez le changer dans ses réglages.',
  decided: {
    title: 'Décidé à l’instant',
    approve: 'Approuvé : {{what}}',
    deny: 'Refusé : {{what}}',
    always: 'Permis ici désormais : {{what}}',
    goesOn: '{{agent}} continue dans la conversation.',
  },
  decideFailed: 'La décision n’a pas été prise. {{reason}}',
  expiresIn: 'Décidez dans un délai de {{time}} min',
  expired: 'Le délai pour décider est écoulé.',
  permit: 'Peut être autorisé pour toute une conversation',
  permitHint:
    'La personne dans le chat peut alors dire « Toujours autoriser ici ». On lui demande tout de même avant de supprimer quoi que ce soit.',
  permitDestructive:
    'Attention : ce que fait cet outil ne peut pas être annulé. La personne dans le chat peut alors le laisser faire sans être interrogée, jusqu’à ce qu’elle revienne dessus.',
  changesPermitted_one: 'Autorisation pour toute une conversation changée pour un outil',
  changesPermitted_other: 'Autorisation pour toute une conversation changée pour {{count}} outils',
  ...proposals,
};
