import { parse } from 'csv-parse/browser/esm/sync';
import { emailSchema, nameSchema, type Role } from '../../../../../contract/common.ts';
import type { GroupReference, Invite, User } from '../../../../../contract/users.ts';

const problemCodes = [
  'emailMissing',
  'emailInvalid',
  'duplicate',
  'hasAccount',
  'deactivated',
  'nameInvalid',
  'roleUnknown',
  'groupUnknown',
  'groupsUnlicensed',
] as const;

/** Why a row cannot be invited; `value` is what is wrong, or where else it stands. */
interface RowProblem {
  code: (typeof problemCodes)[number];
  value: string;
}

/** Somebody of a list to invite from. */
export interface InviteRow {
  line: number;
  email: string;
  name: string;
  role: Role;
  groups: GroupReference[];
  problems: RowProblem[];
  /** An earlier invitation is open: another link does no harm. */
  isInvited: boolean;
  /** As it stood there. */
  written: Written;
}

/** What rows are held against. */
export interface KnownPeople {
  users: readonly Pick<User, 'email' | 'banned'>[];
  invites: readonly Pick<Invite, 'email' | 'status'>[];
  groups: readonly GroupReference[];
  isLicensed: boolean;
}

type Column = 'email' | 'name' | 'role' | 'groups' | 'other';
interface Cells {
  line: number;
  cells: string[];
}

/**
 * The people of a text: CSV with any of the usual separators, with or without headings, or plain addresses, also in the form
 * `Name <address>`. Everybody comes back, with what is wrong; the server has the last word on the others.
 */
export function readInviteList(text: string, known: KnownPeople): InviteRow[] {
  const records = readRecords(text);
  const heading = records[0]?.cells.map(columnOf) ?? [];
  const hasHeading = heading.includes('email') && !records[0]?.cells.some((cell) => cell.includes('@'));
  const people = hasHeading
    ? records.slice(1).map((record) => ({ line: record.line, ...byHeading(record.cells, heading) }))
    : records.flatMap(({ line, cells }) => byPlace(cells).map((person) => ({ line, ...person })));
  const seen = new Map<string, number>();
  return people.map((person) => check(person, known, seen));
}

function readRecords(text: string): Cells[] {
  const records = parseCsv(text, true) ?? parseCsv(text, false) ?? [];
  return records.map(({ info, record }) => ({ line: info.lines, cells: record.map(withoutGuard) }));
}

/** Undefined where quotes stand as no CSV has them, as in `"Ada" <ada@example.com>`. */
function parseCsv(text: string, hasQuotes: boolean) {
  try {
    return parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      info: true,
      quote: hasQuotes ? '"' : false,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
  } catch {
    return undefined;
  }
}

/** The character that parts most in the first line with anything in it. */
function separatorOf(text: string): string {
  const first = text.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? '';
  const outside = first.replace(/"[^"]*"/g, '');
  const count = (separator: string) => outside.split(separator).length;
  return [',', ';', '\t'].toSorted((left, right) => count(right) - count(left))[0] ?? ',';
}

/** Spreadsheets and our own exports put a quote before what would be a formula. */
const withoutGuard = (cell: string): string => cell.replace(/^'(?=[=+\-@])/, '');

const headings: Record<Exclude<Column, 'other'>, RegExp> = {
  email: /^(e-?mail|mail|adresse e-?mail|courriel|correo( electr[oó]nico)?)([ -]?(address|adresse))?$/i,
  name: /^((display|full|voller) ?)?(name|nom|nombre)$/i,
  role: /^(role|rolle|r[oô]le|rol)$/i,
  groups: /^(groups?|gruppen?|groupes?|grupos?)$/i,
};
const columnOf = (cell: string): Column =>
  (Object.keys(headings) as (keyof typeof headings)[]).find((column) => headings[column].test(cell)) ?? 'other';

export interface Written {
  email: string;
  name: string;
  role: string;
  groups: string;
}
const nobody: Written = { email: '', name: '', role: '', groups: '' };

function byHeading(cells: readonly string[], heading: readonly Column[]): Written {
  const raw = { ...nobody };
  for (const [index, column] of heading.entries()) if (column !== 'other') raw[column] ||= cells[index] ?? '';
  return { ...raw, ...bracketed(raw.email, raw.name) };
}

/** Without headings a row with one address is a person with name, role and groups in this order; one with several, a list. */
function byPlace(cells: readonly string[]): Written[] {
  const addresses = cells.filter((cell) => cell.includes('@'));
  if (addresses.length > 1) return addresses.map((cell) => ({ ...nobody, ...bracketed(cell, '') }));
  const address = addresses[0] ?? cells[0] ?? '';
  const others = cells.filter((cell) => cell !== address);
  const role = others.find((cell) => roleOf(cell) !== undefined && cell !== '') ?? '';
  const [name = '', groups = ''] = others.filter((cell) => cell !== role && cell !== '');
  return [{ role, groups, ...bracketed(address, name) }];
}

/** The parts of `Name <address>`. */
function bracketed(cell: string, name: string): { email: string; name: string } {
  const [, before = '', address] = /^(.*)<([^<>]*)>\s*$/.exec(cell) ?? [];
  if (address === undefined) return { email: cell.trim(), name: name.trim() };
  return { email: address.trim(), name: name.trim() || before.trim().replace(/^"|"$/g, '') };
}

const roles: Record<Role, RegExp> = {
  admin: /^(admin|administrator|administratorin|administrateur|administrador|administradora)$/i,
  member: /^(|member|user|mitglied|benutzer|benutzerin|membre|miembro)$/i,
};
const roleOf = (cell: string): Role | undefined =>
  roles.member.test(cell.trim()) ? 'member' : roles.admin.test(cell.trim()) ? 'admin' : undefined;

function check(raw: Written & { line: number }, known: KnownPeople, seen: Map<string, number>): InviteRow {
  const problems: RowProblem[] = [];
  const add = (code: RowProblem['code'], value = '') => problems.push({ code, value });
  const { line } = raw;
  const address = emailSchema.safeParse(raw.email);
  const email = address.data ?? raw.email;
  if (raw.email === '') add('emailMissing');
  else if (!address.success) add('emailInvalid', raw.email);
  const same = (other: { email: string | null }) => other.email?.toLowerCase() === email.toLowerCase();
  const account = known.users.find(same);
  if (account) add(account.banned ? 'deactivated' : 'hasAccount');
  const before = seen.get(email.toLowerCase());
  if (email !== '' && before !== undefined) add('duplicate', String(before));
  else seen.set(email.toLowerCase(), line);
  if (raw.name !== '' && !nameSchema.safeParse(raw.name).success) add('nameInvalid');
  const role = roleOf(raw.role);
  if (!role) add('roleUnknown', raw.role);
  const wanted = raw.groups.split(/[|;,]/).flatMap((name) => name.trim() || []);
  if (wanted.length > 0 && !known.isLicensed) add('groupsUnlicensed');
  const groups = wanted.flatMap((name) => {
    const group = known.groups.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (!group && known.isLicensed) add('groupUnknown', name);
    return group ?? [];
  });
  return {
    ...{ line, email, name: raw.name, role: role ?? 'member', problems },
    written: { email: raw.email, name: raw.name, role: raw.role, groups: raw.groups },
    groups: [...new Map(groups.map((group) => [group.id, { id: group.id, name: group.name }])).values()],
    isInvited: known.invites.some((invite) => invite.status === 'pending' && same(invite)),
  };
}

/** The text of a file from a spreadsheet: UTF-8, UTF-16 with its mark, or else what Windows writes. */
export async function readListFile(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
