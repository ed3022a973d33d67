import type { Page } from 'playwright-core';
import { type ConsoleState, dialog, type Open, state, tab, inOrder } from './console-steps.ts';

// What may be spent, what models cost, and how an agent's model is asked.

type Language = ConsoleState['language'];
const titles = {
  budgets: { en: 'Budgets', de: 'Budgets', fr: 'Budgets', es: 'Presupuestos' },
  prices: { en: 'Prices', de: 'Preise', fr: 'Prix', es: 'Precios' },
};
type Part = keyof typeof titles;

let visits = 0;
/** At another address every time: a new hash alone opens nothing. */
const at = (part: Part) => () => `/usage?from=2026-10-01&to=2026-11-${String(10 + (visits++ % 20))}#${part}`;
/** A chart is drawn from a box without a width. */
const ofChart = /leaves its box by .* in div\.null/;

function spending(name: string, part: Part, open: Open, language: Language = 'en'): ConsoleState {
  const { go } = state(name, at(part), async (page) => {
    const title = titles[part][language];
    await page.getByRole('region', { name: title, exact: true }).getByRole('listitem').first().waitFor();
    await open(page);
    await page.mouse.move(0, 0);
  });
  return { name, go, expected: ofChart, language };
}

const shown: Open = () => Promise.resolve();

/** What a button of a row leads to, by its icon: in any language. */
const openBy =
  (part: Part, icon: string, language: Language = 'en'): Open =>
  async (page) => {
    const region = page.getByRole('region', { name: titles[part][language], exact: true });
    await region.locator(`button:has(.lucide-${icon})`).first().click();
    await dialog(page).waitFor();
  };

const save: Open = (page) => dialog(page).locator('button[type=submit]').click();
const chooseModel: Open = async (page) => {
  await dialog(page).getByRole('combobox').or(dialog(page).locator('input[aria-haspopup=listbox]')).first().click();
  await page.getByRole('option').first().waitFor();
};
const endRaise: Open = async (page) => {
  await page.getByRole('button', { name: /^End the raise of/ }).click();
  await dialog(page).waitFor();
};
const atSettingsOfModel =
  (label: string): Open =>
  (page: Page) =>
    page
      .getByLabel(label)
      .first()
      .evaluate((field) => field.scrollIntoView({ block: 'center' }));

const inLanguage = (found: ConsoleState, language: Language): ConsoleState => ({ ...found, language: language! });

export const spendingStates: ConsoleState[] = [
  spending('budgets', 'budgets', shown),
  spending('budgets-de', 'budgets', shown, 'de'),
  spending('budgets-fr', 'budgets', shown, 'fr'),
  spending('budgets-new', 'budgets', openBy('budgets', 'plus')),
  spending('budgets-new-missing', 'budgets', inOrder(openBy('budgets', 'plus'), save)),
  spending('budgets-change', 'budgets', openBy('budgets', 'pencil')),
  spending('budgets-raise', 'budgets', openBy('budgets', 'trending-up')),
  spending('budgets-raise-missing-de', 'budgets', inOrder(openBy('budgets', 'trending-up', 'de'), save), 'de'),
  spending('budgets-raise-end', 'budgets', endRaise),
  spending('budgets-delete', 'budgets', openBy('budgets', 'trash-2')),
  spending('prices', 'prices', shown),
  spending('prices-de', 'prices', shown, 'de'),
  spending('prices-fr', 'prices', shown, 'fr'),
  spending('prices-es', 'prices', shown, 'es'),
  spending('prices-new', 'prices', openBy('prices', 'plus')),
  spending('prices-new-model', 'prices', inOrder(openBy('prices', 'plus'), chooseModel)),
  spending('prices-new-missing', 'prices', inOrder(openBy('prices', 'plus'), save)),
  spending('prices-new-missing-fr', 'prices', inOrder(openBy('prices', 'plus', 'fr'), save), 'fr'),
  spending('prices-change', 'prices', openBy('prices', 'pencil')),
  spending('prices-change-de', 'prices', openBy('prices', 'pencil', 'de'), 'de'),
  spending('prices-delete', 'prices', openBy('prices', 'trash-2')),
  tab('general', atSettingsOfModel('Fallback model'), 'model-settings'),
  inLanguage(tab('general', atSettingsOfModel('Temperatur'), 'model-settings-de'), 'de'),
  inLanguage(tab('general', atSettingsOfModel('Température'), 'model-settings-fr'), 'fr'),
  inLanguage(tab('general', atSettingsOfModel('Temperatura'), 'model-settings-es'), 'es'),
];
