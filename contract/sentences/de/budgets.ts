import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of budgets, in German. */
export const budgets: Sentences = {
  'Somebody else changed these prices meanwhile. Look at them as they are now, and save again.':
    'Jemand anders hat diese Preise inzwischen geändert. Sehen Sie sie an, wie sie jetzt sind, und speichern Sie noch einmal.',
  'Your organisation’s budget leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'Das Budget Ihrer Organisation lässt keinen Raum für diese Antwort. Es beginnt neu am {{until}}; bis dahin kann ein Admin es erhöhen.',
  'The budget of one of your groups leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'Das Budget einer Ihrer Gruppen lässt keinen Raum für diese Antwort. Es beginnt neu am {{until}}; bis dahin kann ein Admin es erhöhen.',
  'Your budget leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'Ihr Budget lässt keinen Raum für diese Antwort. Es beginnt neu am {{until}}; bis dahin kann ein Admin es erhöhen.',
  'The budget of this agent leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'Das Budget dieses Agenten lässt keinen Raum für diese Antwort. Es beginnt neu am {{until}}; bis dahin kann ein Admin es erhöhen.',
  'No price is known for this model, so a budget in dollars does not let it be used. Choose another model, or ask an admin to set a price for it: on the page Usage, under Prices.':
    'Für dieses Modell ist kein Preis bekannt, deshalb lässt ein Budget in Dollar es nicht zu. Wählen Sie ein anderes Modell, oder bitten Sie einen Admin, einen Preis dafür festzulegen: auf der Seite „Verbrauch“ unter „Preise“.',
  'There is a budget for this in the same unit and period already. Change that one.':
    'Dafür gibt es in derselben Einheit und demselben Zeitraum schon ein Budget. Ändern Sie dieses.',
  'The budget was not found.': 'Das Budget wurde nicht gefunden.',
  'There is no such group, person or agent.': 'Eine solche Gruppe, Person oder einen solchen Agenten gibt es nicht.',
  'There are {{maxBudgets}} budgets already. Delete one that is not needed any more.':
    'Es gibt schon {{maxBudgets}} Budgets. Löschen Sie eines, das nicht mehr gebraucht wird.',
  'Choose a moment that lies ahead.': 'Wählen Sie einen Zeitpunkt, der in der Zukunft liegt.',
  'Choose a moment within a year.': 'Wählen Sie einen Zeitpunkt innerhalb eines Jahres.',
  'Choose more than the budget itself.': 'Wählen Sie mehr als das Budget selbst.',
  'Tokens are counted whole.': 'Tokens werden ganz gezählt.',
  'Name a group, a person or an agent; for the organisation leave it out.':
    'Nennen Sie eine Gruppe, eine Person oder einen Agenten; für die Organisation lassen Sie es weg.',
  'Give an amount such as 25 or 12.50.': 'Geben Sie einen Betrag wie 25 oder 12.50 an.',
  'This model has a price from that moment already.': 'Dieses Modell hat ab diesem Zeitpunkt schon einen Preis.',
  'Choose a moment between 2000 and 2100.': 'Wählen Sie einen Zeitpunkt zwischen 2000 und 2100.',
  'An amount is more than 0.': 'Ein Betrag ist größer als 0.',
  'Give 1 to 100 percent.': 'Geben Sie 1 bis 100 Prozent an.',
  'Say why.': 'Geben Sie einen Grund an.',
  'A reason has at most 500 characters.': 'Ein Grund hat höchstens 500 Zeichen.',
  'A reason has no control characters.': 'Ein Grund enthält keine Steuerzeichen.',
};
