import { foldBlank } from '../../../contract/fold-blank.ts';
import type { Labels, NamedRecord, Proposal } from '../../../contract/proposals.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { hasText } from '../../texts/language.ts';
import type { TextKey, Translate } from '../../texts/translate.ts';

/** "Create a contact in Production Odoo"; needs the texts of pages. */
export function headlineOf(
  t: Translate,
  proposal: Pick<Proposal, 'action' | 'connection' | 'model' | 'records'>,
): string {
  const { action, connection, model, records } = proposal;
  const sentence = t(`approvals.actions.${action}`, { what: model ? nounOf(t, model, records.length) : '' });
  const text = connection ? t('approvals.in', { sentence, connection: connection.name }) : sentence;
  return visibleText(capitalised(text));
}

function nounOf(t: Translate, { name, title }: { name: string; title: string }, records: number): string {
  const count = Math.max(1, records);
  const path = `approvals.nouns.${name.replaceAll('.', '_')}`;
  return hasText(`${path}_one`)
    ? t(path as TextKey, { count })
    : t('approvals.nouns.other', { title: title || name, count });
}

const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** By Odoo's own label in the person's language, else by ours. */
export function labelOf(t: Translate, { name, labels }: { name: string; labels: Labels }, language: string): string {
  const path = `approvals.fields.${name}`;
  const own = Object.keys(labels).length === 0 && hasText(path) ? t(path as TextKey) : undefined;
  return visibleText(labels[language] ?? labels['own'] ?? labels['en'] ?? own ?? name);
}

export function optionOf(t: Translate, { key, labels }: { key: string; labels: Labels }, language: string): string {
  const path = `approvals.options.${key}`;
  const own = Object.keys(labels).length === 0 && hasText(path) ? t(path as TextKey) : undefined;
  return shown(labels[language] ?? labels['own'] ?? labels['en'] ?? own ?? key);
}

/** Nothing of it hides, turns around or pushes anything out of sight. */
export const shown = (text: string): string => visibleText(foldBlank(text));

export const recordName = ({ id, name }: NamedRecord): string => (name === '' ? `#${id}` : shown(name));
