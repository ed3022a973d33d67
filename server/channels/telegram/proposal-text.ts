import type { Proposal, ProposedField, ProposedLine, ShownValue } from '../../../contract/proposals.ts';
import { headlineOf, labelOf, optionOf, recordName, shown } from '../../../contract/texts/proposal-words.ts';
import type { TextsInLanguage } from './texts-in.ts';

interface ProposalText {
  headline: string;
  lines: string[];
  /** Nothing is left out. */
  isWhole: boolean;
}

const maxRecords = 20;

/** Before the words of a change. */
const signs: Record<ProposedLine['change'], string> = {
  add: '+',
  change: '±',
  delete: '−',
  link: '+',
  unlink: '−',
  unlink_all: '−',
  replace: '=',
};

type Texts = Pick<TextsInLanguage, 'language' | 'proposal'>;

/** A proposal in the person's language, as the page shows it. */
export function describeProposal(proposal: Proposal, texts: Texts): ProposalText {
  const { connection, records, about, fields } = proposal;
  const host = connection?.host ? ` (${connection.host})` : '';
  const lines = [
    ...records.slice(0, maxRecords).map((record) => `• ${nameOf(record)}`),
    ...about.map((field) => fieldLine(field, [], texts)),
    ...fields.flatMap((field) => fieldLines(field, records, texts)),
  ];
  const isWhole = records.length <= maxRecords && !JSON.stringify(proposal).includes('"characters":');
  return { headline: shown(headlineOf(texts.proposal, proposal) + host), lines: lines.map(shown), isWhole };
}

function fieldLines(field: ProposedField, records: Proposal['records'], texts: Texts): string[] {
  const { after, before = [] } = field;
  const label = labelOf(texts.proposal, field, texts.language);
  if (after.kind === 'lines') return [`${label}:`, ...after.lines.flatMap((line) => lineLines(line, texts))];
  const plain = { ...field, after };
  if (before.length <= 1) return [fieldLine(plain, before, texts)];
  return [
    `${label}:`,
    ...before.map(
      (value, index) => `  ${nameOf(records[index])}: ${valueText(value, texts)} → ${valueText(after, texts)}`,
    ),
  ];
}

const fieldLine = (
  field: Pick<ProposedField, 'labels' | 'name'> & { after: ShownValue },
  before: ShownValue[],
  texts: Texts,
): string => {
  const from = before[0] ? `${valueText(before[0], texts)} → ` : '';
  return `${labelOf(texts.proposal, field, texts.language)}: ${from}${valueText(field.after, texts)}`;
};

function lineLines({ change, records, fields }: ProposedLine, texts: Texts): string[] {
  const named = records.map(nameOf).join(', ');
  const words = [signs[change], texts.proposal(`changes.${change}`), named].filter(Boolean).join(' ');
  return [
    `  ${words}${fields.length > 0 ? ':' : ''}`,
    ...fields.map((field) => `    ${fieldLine(field, field.before ?? [], texts)}`),
  ];
}

function valueText(value: ShownValue, { language, proposal }: Texts): string {
  switch (value.kind) {
    case 'empty':
      return `(${proposal('empty')})`;
    case 'text': {
      // A value cannot look like further lines of the message, nor like nothing.
      const text = shown(value.text).replaceAll('\n', '\n┆ ');
      const { characters } = value;
      return characters === undefined ? `“${text}”` : `“${text}…” (${proposal('characters', { count: characters })})`;
    }
    case 'number': {
      const number = new Intl.NumberFormat(language, { maximumFractionDigits: 20 }).format(value.number);
      return [number, value.unit].filter((part) => part !== undefined).join(' ');
    }
    case 'boolean':
      return proposal(value.value ? 'yes' : 'no') ?? String(value.value);
    case 'choice':
      return optionOf(proposal, value, language);
    case 'records': {
      const more = value.count - value.records.length;
      return [...value.records.map(nameOf), ...(more > 0 ? [proposal('more', { count: more })] : [])].join(', ');
    }
    case 'file':
      return proposal('bytes', { count: value.bytes }) ?? String(value.bytes);
  }
}

/** Two records may have one name. */
const nameOf = (record: Proposal['records'][number] | undefined): string =>
  record === undefined ? '' : record.name === '' ? `#${record.id}` : `“${recordName(record)}” (#${record.id})`;
