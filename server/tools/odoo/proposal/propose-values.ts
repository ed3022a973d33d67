import type { ProposedField, ProposedLine, ProposedLineField, ShownValue } from '../../../../contract/proposals.ts';
import { ToolError } from '../../tool.ts';
import { mayUse } from '../odoo-access.ts';
import type { OdooField, OdooRow } from '../odoo-client.ts';
import { OdooError } from '../odoo-error.ts';
import { isRecord } from '../odoo-request.ts';
import type { OdooSession } from '../odoo-session.ts';
import { labelFields, type FieldLabels } from './field-labels.ts';
import { type NameOf, nameAll, showText, showValue } from './shown-value.ts';
import { nameRelated } from './related-names.ts';
import { labelOf } from '../model-words.ts';

type Values = Record<string, unknown>;

interface ProposedValues {
  fields: ProposedField[];
  /** Whole, where what is shown is cut. */
  basis: unknown;
}

/** One command of a one2many or many2many field, checked before. */
interface Command {
  kind: number;
  id: number | undefined;
  values: Values | undefined;
  ids: number[];
}

/** What is known of one model while its values are shown. */
interface Place {
  model: string;
  fields: Record<string, OdooField>;
  labels: FieldLabels;
  nameOf: NameOf;
}

/** How many lines of records that are there already are read, to say what they change from. */
const maxReadLines = 200;

/**
 * What values set, each field by its label, with what it changes from and with related records by their names. The values
 * were checked before.
 *
 * @param ids the records that get the values; none when one is created
 */
export async function proposeValues(session: OdooSession, values: Values, ids: number[] = []): Promise<ProposedValues> {
  const { model, fields } = session;
  const names = Object.keys(values);
  const before = ids.length === 0 ? [] : await readRows(session, model, ids, names);
  const place: Place = {
    ...{ model, fields },
    labels: await labelFields(session, model),
    nameOf: await nameRelated(session, relatedIn(fields, values, before)),
  };
  // Nobody is shown through an agent what the agent may not read.
  const isShown = before.length > 0 && mayUse(session.grant, model, 'read');
  const basis: unknown[] = [before];
  const shown: ProposedField[] = [];
  for (const [name, value] of Object.entries(values)) {
    const field = fields[name];
    const common = { name, labels: place.labels.field(name) };
    if (isCommands(field)) {
      const { lines, rows } = await proposeLines(session, place, name, value);
      basis.push(rows);
      shown.push({ ...common, after: { kind: 'lines', lines } });
      continue;
    }
    const was = isShown ? { before: sameOnce(before.map((row) => showPlain(place, name, row[name], true))) } : {};
    shown.push({ ...common, ...was, after: showPlain(place, name, value) });
  }
  return { fields: shown, basis };
}

const isCommands = (field: OdooField | undefined) => field?.type === 'one2many' || field?.type === 'many2many';

const showPlain = ({ fields, labels, nameOf }: Place, name: string, value: unknown, isBefore = false): ShownValue =>
  showValue(value, { name, field: fields[name], labels, nameOf, isBefore });

/** One value where all records have the same. */
function sameOnce(values: ShownValue[]): ShownValue[] {
  const [first] = values;
  return first && values.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? [first] : values;
}

async function proposeLines(
  session: OdooSession,
  owner: Place,
  name: string,
  value: unknown,
): Promise<{ lines: ProposedLine[]; rows: OdooRow[] }> {
  const related = owner.fields[name]?.relation ?? '';
  const commands = commandsOf(value);
  const fields = await session.client.fields(related, session.signal);
  const changed = commands.filter(({ kind, id }) => kind === 1 && id !== undefined);
  const keys = [...new Set(changed.flatMap(({ values }) => Object.keys(values ?? {})))];
  const ids = [...new Set(changed.map(({ id }) => id as number))].slice(0, maxReadLines);
  const rows = ids.length === 0 ? [] : await readRows(session, related, ids, keys);
  const isShown = mayUse(session.grant, related, 'read');
  const inner: Values[] = commands.flatMap(({ values }) => (values ? [values] : []));
  const place: Place = {
    ...{ model: related, fields },
    labels: await labelFields(session, related),
    nameOf: await nameRelated(session, [
      {
        model: related,
        ids: commands.flatMap((command) => [...(command.id && command.kind > 0 ? [command.id] : []), ...command.ids]),
      },
      ...inner.flatMap((values) => relatedIn(fields, values, [])),
    ]),
  };
  const lines = commands.map(({ kind, id, values, ids: replaced }): ProposedLine => {
    const row = kind === 1 && isShown ? rows.find((candidate) => candidate.id === id) : undefined;
    const records =
      kind === 0 ? [] : nameAll(kind === 6 ? replaced : id === undefined ? [] : [id], related, place.nameOf);
    return { change: changes[kind] ?? 'change', records, fields: lineFields(place, values, row) };
  });
  return { lines, rows };
}

const changes = ['add', 'change', 'delete', 'unlink', 'link', 'unlink_all', 'replace'] as const;

const lineFields = (place: Place, values: Values = {}, row: OdooRow | undefined): ProposedLineField[] =>
  Object.entries(values).map(([name, value]) => ({
    name,
    labels: place.labels.field(name),
    ...(row && !isCommands(place.fields[name]) && { before: [showPlain(place, name, row[name], true)] }),
    // Lines of lines are rare: they are shown as they are.
    after: isCommands(place.fields[name]) ? showText(JSON.stringify(value)) : showPlain(place, name, value),
  }));

function commandsOf(value: unknown): Command[] {
  return (value as unknown[][]).map(([kind, id, payload]) => ({
    kind: Number(kind),
    id: typeof id === 'number' ? id : undefined,
    values: isRecord(payload) ? payload : undefined,
    ids: Array.isArray(payload) ? payload.filter((entry): entry is number => typeof entry === 'number') : [],
  }));
}

/** The records that values, and what they replace, lead to. */
function relatedIn(fields: Record<string, OdooField>, values: Values, before: OdooRow[]) {
  return Object.entries(values).flatMap(([name, value]) => {
    const { type, relation } = fields[name] ?? {};
    if (!relation) return [];
    if (type === 'many2one') return typeof value === 'number' ? [{ model: relation, ids: [value] }] : [];
    if (type !== 'many2many') return [];
    const were = before.flatMap((row) => (Array.isArray(row[name]) ? (row[name] as unknown[]) : []));
    return [{ model: relation, ids: were.filter((id): id is number => typeof id === 'number').slice(0, maxReadLines) }];
  });
}

/** In the order of the ids. Throws ToolError when one does not exist. */
async function readRows(session: OdooSession, model: string, ids: number[], names: string[]): Promise<OdooRow[]> {
  const { client, grant, signal } = session;
  let rows: OdooRow[];
  try {
    rows = await client.read(model, ids, names, signal);
  } catch (error) {
    // Who may write but not read learns nothing, and is asked all the same.
    if (error instanceof OdooError && error.reason === 'access-denied') return [];
    throw error;
  }
  const missing = ids.filter((id) => !rows.some((row) => row.id === id));
  if (missing.length > 0)
    throw new ToolError(`“${labelOf(model, grant)}” ${missing.join(', ')} does not exist in Odoo.`);
  return ids.map((id) => rows.find((row) => row.id === id) as OdooRow);
}
