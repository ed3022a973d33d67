import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of budgets, in French. */
export const budgets: Sentences = {
  'Somebody else changed these prices meanwhile. Look at them as they are now, and save again.':
    'Quelqu’un d’autre a modifié ces prix entre-temps. Regardez-les tels qu’ils sont maintenant, et enregistrez à nouveau.',
  'Your organisation’s budget leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'Le budget de votre organisation ne laisse pas de place pour cette réponse. Il repart à zéro le {{until}} ; d’ici là, un administrateur peut le relever.',
  'The budget of one of your groups leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'Le budget de l’un de vos groupes ne laisse pas de place pour cette réponse. Il repart à zéro le {{until}} ; d’ici là, un administrateur peut le relever.',
  'Your budget leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'Votre budget ne laisse pas de place pour cette réponse. Il repart à zéro le {{until}} ; d’ici là, un administrateur peut le relever.',
  'The budget of this agent leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'Le budget de cet agent ne laisse pas de place pour cette réponse. Il repart à zéro le {{until}} ; d’ici là, un administrateur peut le relever.',
  'No price is known for this model, so a budget in dollars does not let it be used. Choose another model, or ask an admin to set a price for it: on the page Usage, under Prices.':
    'Aucun prix n’est connu pour ce modèle, si bien qu’un budget en dollars ne le laisse pas passer. Choisissez un autre modèle, ou demandez à un administrateur de lui fixer un prix : sur la page « Consommation », sous « Prix ».',
  'There is a budget for this in the same unit and period already. Change that one.':
    'Il y a déjà un budget pour cela dans la même unité et la même période. Modifiez celui-là.',
  'The budget was not found.': 'Le budget n’a pas été trouvé.',
  'There is no such group, person or agent.': 'Il n’y a pas de tel groupe, personne ou agent.',
  'There are {{maxBudgets}} budgets already. Delete one that is not needed any more.':
    'Il y a déjà {{maxBudgets}} budgets. Supprimez-en un qui ne sert plus.',
  'Choose a moment that lies ahead.': 'Choisissez un moment à venir.',
  'Choose a moment within a year.': 'Choisissez un moment dans l’année qui vient.',
  'Choose more than the budget itself.': 'Choisissez plus que le budget lui-même.',
  'Tokens are counted whole.': 'Les jetons se comptent en entiers.',
  'Name a group, a person or an agent; for the organisation leave it out.':
    'Nommez un groupe, une personne ou un agent ; pour l’organisation, omettez-le.',
  'Give an amount such as 25 or 12.50.': 'Donnez un montant tel que 25 ou 12.50.',
  'This model has a price from that moment already.': 'Ce modèle a déjà un prix à partir de ce moment.',
  'Choose a moment between 2000 and 2100.': 'Choisissez un moment entre 2000 et 2100.',
  'An amount is more than 0.': 'Un montant est supérieur à 0.',
  'Give 1 to 100 percent.': 'Donnez de 1 à 100 pour cent.',
  'Say why.': 'Dites pourquoi.',
  'A reason has at most 500 characters.': 'Une raison a au plus 500 caractères.',
  'A reason has no control characters.': 'Une raison ne contient pas de caractères de contrôle.',
};
