import { proposals } from '../../../contract/texts/en-proposals.ts';
import { nounOf, type SayProposal } from '../../../contract/texts/proposal-words.ts';
import { createSayText } from '../../../contract/texts/say-text.ts';
import { visibleText } from '../../../contract/visible-text.ts';

/** Titles of models of a connection, where they are known. */
interface Titled {
  titles: ReadonlyMap<string, string>;
}

const say: SayProposal = createSayText(proposals, 'en');

/** What people call a model: its label in the connection, or its technical name where Odoo gave none. */
export const labelOf = (model: string, { titles }: Titled): string => visibleText(titles.get(model) || model);

/** "a contact", "12 contacts", or "a record of “Vehicle”" where we have no word for it; the pages say it in their language. */
export const recordsOf = (model: string, { titles }: Titled, count = 1): string =>
  visibleText(nounOf(say, { name: model, title: titles.get(model) ?? '' }, count));
