import type {
  NamedRecord,
  Proposal,
  ProposedAction,
  ProposedField,
  ProposedLineField,
} from '../../../../contract/proposals.ts';
import { digest } from '../../proposal.ts';
import type { OdooSession } from '../odoo-session.ts';
import type { FieldLabels } from './field-labels.ts';
import { shortName, showValue } from './shown-value.ts';

/** A proposal for what is done in Odoo, and what it rests on besides: where the connection leads, and as whom. */
export function proposeInOdoo(
  session: OdooSession,
  what: {
    action: ProposedAction;
    records?: NamedRecord[];
    about?: ProposedLineField[];
    fields?: ProposedField[];
    destroys?: boolean;
  },
): Proposal {
  const { grant, model } = session;
  const { action, records = [], about = [], fields = [], destroys = false } = what;
  return {
    action,
    connection: { id: grant.connectionId, name: shortName(grant.name), host: hostOf(grant.credentials.url) },
    model: { name: model, title: shortName(grant.titles.get(model) ?? '') },
    records: records.map(({ id, name }) => ({ id, name: shortName(name) })),
    about,
    fields,
    destroys,
  };
}

/** The same address, database and user, whatever the connection is called. */
export function targetOf({ grant }: Pick<OdooSession, 'grant'>): string {
  const { url, db, login } = grant.credentials;
  return digest(JSON.stringify([grant.connectionId, url, db, login]));
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

/** Fields of a record that was read, by their labels. */
export const showFields = (
  { fields }: Pick<OdooSession, 'fields'>,
  row: Record<string, unknown>,
  names: string[],
  labels: FieldLabels,
): ProposedLineField[] =>
  names
    .filter((name) => Object.hasOwn(fields, name) && row[name] !== undefined && row[name] !== false)
    .map((name) => ({
      name,
      labels: labels.field(name),
      after: showValue(row[name], { name, field: fields[name], labels, nameOf: () => '' }),
    }));
