import type { demo as english } from './en-demo.ts';

/** Texts of the demo: its banner, its people, its stories. */
export const demo: typeof english = {
  title: 'Ceci est la démo',
  banner:
    'La démo : personnes et documents sont des exemples, les réponses viennent de règles et non d’une IA, et rien n’est conservé.',
  bannerShort: 'La démo : exemples, règles, rien n’est conservé.',
  switch: 'Être quelqu’un d’autre',
  intro: 'Choisissez qui vous voulez être. Rien n’est conservé.',
  signInAs: 'Se connecter comme {{name}}',
  ownAccount: 'Ou avec votre propre compte',
  stories: 'Histoires',
  storiesTitle: 'Le voir à l’œuvre',
  storiesHint: 'Chacune s’ouvre là où elle se passe ; la ligne du haut dit alors quoi y faire.',
  storyAs: 'en tant que {{name}}',
  storyEnd: 'Terminer l’histoire',
  story: {
    search: {
      title: 'Un agent cherche dans les documents',
      line: 'Il trouve le passage parmi tous les fichiers qu’il peut lire.',
      hint: 'La question est écrite : envoyez-la, puis ouvrez la ligne des outils pour voir ce qui a été cherché et lu.',
    },
    citation: {
      title: 'Un agent cite où il l’a trouvé',
      line: 'Chaque réponse mène au passage du document.',
      hint: 'Appuyez sur le numéro derrière une réponse : le passage s’ouvre tel qu’il est dans le document.',
    },
    approval: {
      title: 'Un changement attend une personne',
      line: 'Ce qui sort ou change quelque chose demande d’abord.',
      hint: 'Le message est écrit : envoyez-le. Smithers ne peut pas l’enregistrer seul : vous l’approuvez ou le refusez.',
    },
    budget: {
      title: 'Un budget est épuisé',
      line: 'Un agent a dépensé ce qu’il pouvait aujourd’hui ; la prochaine question ne passe pas.',
      hint: 'Le message est écrit : envoyez-le. Le budget de l’agent pour aujourd’hui est épuisé, et la réponse dit jusqu’à quand. « Ouvrir les budgets » montre ce qui a été dépensé et le relève.',
    },
    trail: {
      title: 'Qui a lu quoi, et pour qui',
      line: 'Chaque usage d’un outil est une ligne que personne ne change sans que cela se voie.',
      hint: 'Ces entrées concernent un document. Ouvrez-en une, puis « L’exécution entière ».',
    },
  },
};
