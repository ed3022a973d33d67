import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of budgets, in Spanish. */
export const budgets: Sentences = {
  'Somebody else changed these prices meanwhile. Look at them as they are now, and save again.':
    'Otra persona ha cambiado estos precios entretanto. Mírelos como están ahora y guarde de nuevo.',
  'Your organisation’s budget leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'El presupuesto de su organización no deja margen para esta respuesta. Empieza de nuevo el {{until}}; hasta entonces, un administrador puede aumentarlo.',
  'The budget of one of your groups leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'El presupuesto de uno de sus grupos no deja margen para esta respuesta. Empieza de nuevo el {{until}}; hasta entonces, un administrador puede aumentarlo.',
  'Your budget leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'Su presupuesto no deja margen para esta respuesta. Empieza de nuevo el {{until}}; hasta entonces, un administrador puede aumentarlo.',
  'The budget of this agent leaves no room for this answer. It starts anew on {{until}}; until then an admin can raise it.':
    'El presupuesto de este agente no deja margen para esta respuesta. Empieza de nuevo el {{until}}; hasta entonces, un administrador puede aumentarlo.',
  'No price is known for this model, so a budget in dollars does not let it be used. Choose another model, or ask an admin to set a price for it: on the page Usage, under Prices.':
    'No se conoce ningún precio para este modelo, así que un presupuesto en dólares no lo deja pasar. Elija otro modelo o pida a un administrador que le fije un precio: en la página «Consumo», en «Precios».',
  'There is a budget for this in the same unit and period already. Change that one.':
    'Ya hay un presupuesto para esto en la misma unidad y el mismo periodo. Cambie ese.',
  'The budget was not found.': 'No se encontró el presupuesto.',
  'There is no such group, person or agent.': 'No existe tal grupo, persona o agente.',
  'There are {{maxBudgets}} budgets already. Delete one that is not needed any more.':
    'Ya hay {{maxBudgets}} presupuestos. Elimine uno que ya no haga falta.',
  'Choose a moment that lies ahead.': 'Elija un momento futuro.',
  'Choose a moment within a year.': 'Elija un momento dentro de un año.',
  'Choose more than the budget itself.': 'Elija más que el propio presupuesto.',
  'Tokens are counted whole.': 'Los tokens se cuentan enteros.',
  'Name a group, a person or an agent; for the organisation leave it out.':
    'Indique un grupo, una persona o un agente; para la organización, omítalo.',
  'Give an amount such as 25 or 12.50.': 'Indique un importe como 25 o 12.50.',
  'This model has a price from that moment already.': 'Este modelo ya tiene un precio desde ese momento.',
  'Choose a moment between 2000 and 2100.': 'Elija un momento entre 2000 y 2100.',
  'An amount is more than 0.': 'Un importe es mayor que 0.',
  'Give 1 to 100 percent.': 'Indique de 1 a 100 por ciento.',
  'Say why.': 'Diga por qué.',
  'A reason has at most 500 characters.': 'Un motivo tiene como máximo 500 caracteres.',
  'A reason has no control characters.': 'Un motivo no tiene caracteres de control.',
};
