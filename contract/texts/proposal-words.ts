import { foldBlank } from '../fold-blank.ts';
import type { Labels, NamedRecord, Proposal } from '../proposals.ts';
import { visibleText } from '../visible-text.ts';
import type { proposals } from './en-proposals.ts';
import type { KeysOf, TextValues } from './say-text.ts';

type ProposalKey = KeysOf<typeof proposals>;

/** Says a text of proposals; undefined where a tool chose a name that we have no words for. */
export type SayProposal = (path: ProposalKey, values?: TextValues) => string | undefined;

/** "Create a contact in Production Odoo" */
export function headlineOf(
  say: SayProposal,
  proposal: Pick<Proposal, 'action' | 'connection' | 'model' | 'records'>,
): string {
  const { action, connection, model, records } = proposal;
  const sentence = say(`actions.${action}`, { what: model ? nounOf(say, model, records.length) : '' }) ?? action;
  const text = connection ? (say('in', { sentence, connection: connection.name }) ?? sentence) : sentence;
  return visibleText(capitalised(text));
}

/** "a contact", "3 contacts", or "a record of “Vehicle”" where there is no word for its model. */
export function nounOf(say: SayProposal, { name, title }: { name: string; title: string }, records: number): string {
  const count = Math.max(1, records);
  const own = say(`nouns.${name.replaceAll('.', '_')}` as ProposalKey, { count });
  return own ?? say('nouns.other', { title: title || name, count }) ?? name;
}

const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** By Odoo's own label in the person's language, else by ours. */
export function labelOf(
  say: SayProposal,
  { name, labels }: { name: string; labels: Labels },
  language: string,
): string {
  const own = Object.keys(labels).length === 0 ? say(`fields.${name}` as ProposalKey) : undefined;
  return visibleText(labels[language] ?? labels['own'] ?? labels['en'] ?? own ?? name);
}

export function optionOf(say: SayProposal, { key, labels }: { key: string; labels: Labels }, language: string): string {
  const own = Object.keys(labels).length === 0 ? say(`options.${key}` as ProposalKey) : undefined;
  return shown(labels[language] ?? labels['own'] ?? labels['en'] ?? own ?? key);
}

/** Nothing of it hides, turns around or pushes anything out of sight. */
export const shown = (text: string): string => visibleText(foldBlank(text));

export const recordName = ({ id, name }: NamedRecord): string => (name === '' ? `#${id}` : shown(name));
