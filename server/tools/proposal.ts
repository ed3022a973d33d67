import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Proposal } from '../../contract/proposals.ts';

/** What a call that asks first would do, looked up before anybody is asked, and again before it is made. */
export interface Preview {
  /** A sentence for those who see no cards. */
  words?: string | undefined;
  proposal?: Proposal | undefined;
  /** What else it rests on, which nobody is shown: whole texts, the bytes of a file, where a connection leads. */
  basis?: unknown;
}

/** Two previews with the same fingerprint do the same, as far as anybody was told and beyond. */
export function fingerprint({ words, proposal, basis }: Preview): string {
  // The words say what a proposal says, in the order in which the model named the fields; the database keeps another.
  const told = proposal ? inOrder(withoutLabels(proposal)) : words;
  return digest(JSON.stringify(sorted({ told, basis })));
}

export const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** What of a proposal is otherwise now than when somebody was asked, as the tool calls it. */
export function changesBetween(asked: Proposal | null, now: Proposal | undefined): string[] {
  if (!asked || !now) return [];
  const plain = [withoutLabels(asked), withoutLabels(now)] as const;
  const differs = (of: (proposal: Proposal) => unknown) =>
    !isDeepStrictEqual(sorted(of(plain[0])), sorted(of(plain[1])));
  const changed = (key: 'about' | 'fields') =>
    now[key].filter(({ name }) => differs((proposal) => proposal[key].find((field) => field.name === name)));
  return [
    ...(differs(({ connection }) => connection) ? ['the connection'] : []),
    ...(differs(({ records }) => records) ? ['the record’s name'] : []),
    ...[...changed('about'), ...changed('fields')].map(({ name, labels }) => labels['en'] ?? labels['own'] ?? name),
  ];
}

/** Labels say the same in another language, so that they are no change. */
function withoutLabels(proposal: Proposal): Proposal {
  return JSON.parse(JSON.stringify(proposal), (key, value: unknown) => (key === 'labels' ? {} : value)) as Proposal;
}

function inOrder(proposal: Proposal): Proposal {
  const byName = <Field extends { name: string }>(fields: Field[]) =>
    fields.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const fields = proposal.fields.map((field) => {
    const { after } = field;
    if (after.kind !== 'lines') return field;
    const lines = after.lines.map((line) => ({ ...line, fields: byName(line.fields) }));
    return { ...field, after: { ...after, lines } };
  });
  return { ...proposal, fields: byName(fields) };
}

/** PostgreSQL keeps the members of an object in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return members.sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, member]) => [key, sorted(member)]);
}
