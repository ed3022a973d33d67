import type { Proposal, ProposedField, ProposedLine, ShownValue } from '../../../contract/proposals.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { foldBlank } from '../../../contract/fold-blank.ts';
import { proposalTexts as texts } from './proposal-texts.ts';

// A proposal in words, as the page shows it. The bot speaks English.

interface ProposalWords {
  headline: string;
  lines: string[];
  /** Nothing is left out. */
  isWhole: boolean;
}

const maxRecords = 20;

export function describeProposal(proposal: Proposal): ProposalWords {
  const { connection, model, records, about, fields, action } = proposal;
  const noun = model
    ? (texts.nouns[model.name] ?? {
        one: `${model.title || model.name} record`,
        many: `${model.title || model.name} records`,
      })
    : { one: '', many: '' };
  const where = connection ? texts.where(connection.name, connection.host) : '';
  const headline = texts.actions[action](
    records.length === 1 || records.length === 0 ? noun.one : `${records.length} ${noun.many}`,
    where,
  );
  const lines = [
    ...records.slice(0, maxRecords).map((record) => `• ${nameOf(record)}`),
    ...about.map((field) => fieldLine(field, [])),
    ...fields.flatMap((field) => fieldLines(field, records)),
  ];
  const isWhole = records.length <= maxRecords && !JSON.stringify(proposal).includes('"characters":');
  return { headline: clean(headline), lines: lines.map(clean), isWhole };
}

const clean = (text: string) => visibleText(foldBlank(text));

const labelOf = ({ labels, name }: Pick<ProposedField, 'labels' | 'name'>): string =>
  labels['en'] ?? labels['own'] ?? texts.fields[name] ?? name;

function fieldLines(field: ProposedField, records: Proposal['records']): string[] {
  const { after, before = [] } = field;
  if (after.kind === 'lines') return [`${labelOf(field)}:`, ...after.lines.flatMap(lineLines)];
  const plain = { ...field, after };
  if (before.length <= 1) return [fieldLine(plain, before)];
  return [
    `${labelOf(field)}:`,
    ...before.map((value, index) => `  ${nameOf(records[index])}: ${valueText(value)} → ${valueText(after)}`),
  ];
}

const fieldLine = (
  field: Pick<ProposedField, 'labels' | 'name'> & { after: ShownValue },
  before: ShownValue[],
): string => `${labelOf(field)}: ${before[0] ? `${valueText(before[0])} → ` : ''}${valueText(field.after)}`;

function lineLines({ change, records, fields }: ProposedLine): string[] {
  const named = records.map(nameOf).join(', ');
  return [
    `  ${texts.changes[change]}${named ? ` ${named}` : ''}${fields.length > 0 ? ':' : ''}`,
    ...fields.map((field) => `    ${fieldLine(field, field.before ?? [])}`),
  ];
}

function valueText(value: ShownValue): string {
  switch (value.kind) {
    case 'empty':
      return texts.empty;
    case 'text': {
      // A value cannot look like further lines of the message, nor like nothing.
      const text = foldBlank(value.text).replaceAll('\n', '\n┆ ');
      return value.characters === undefined ? `“${text}”` : `“${text}…” (${value.characters} characters)`;
    }
    case 'number':
      return [value.number, value.unit].filter((part) => part !== undefined).join(' ');
    case 'boolean':
      return value.value ? texts.yes : texts.no;
    case 'choice':
      return value.labels['en'] ?? value.labels['own'] ?? texts.options[value.key] ?? value.key;
    case 'records': {
      const more = value.count - value.records.length;
      return [...value.records.map(nameOf), ...(more > 0 ? [`+${more}`] : [])].join(', ');
    }
    case 'file':
      return `${value.bytes} bytes`;
  }
}

/** Two records may have one name. */
const nameOf = (record: Proposal['records'][number] | undefined): string =>
  record === undefined ? '' : record.name === '' ? `#${record.id}` : `“${record.name}” (#${record.id})`;
