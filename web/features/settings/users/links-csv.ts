import type { CreatedInvite, GroupReference } from '../../../../contract/users.ts';
import type { Role } from '../../../../contract/common.ts';
import { tableCsv } from '../../chat/reading/table-csv.ts';
import type { Written } from './import/read-invite-list.ts';
import { inviteLink } from './invite-link.ts';
import type { Outcome } from './outcomes.ts';

/** Somebody to be invited by their address. */
export interface InviteRequest {
  email: string;
  name?: string | undefined;
  role: Role;
  groups: readonly GroupReference[];
}

export type InviteOutcome = Outcome<InviteRequest, CreatedInvite>;

/** What came of each invitation, with the headings that a list to invite from may have. */
export function linksCsv(outcomes: readonly InviteOutcome[]): string {
  return tableCsv([
    ['email', 'name', 'role', 'groups', 'link', 'valid until', 'problem'],
    ...outcomes.map(({ subject, result, problem }) => [
      ...cellsOf(writtenOf(subject)),
      result ? inviteLink(result.token) : '',
      result?.expiresAt ?? '',
      problem ?? '',
    ]),
  ]);
}

/** A list to invite from, to be corrected. */
export const peopleCsv = (people: readonly Written[]): string =>
  tableCsv([['email', 'name', 'role', 'groups'], ...people.map(cellsOf)]);

export const writtenOf = ({ email, name = '', role, groups }: InviteRequest): Written => ({
  email,
  name,
  role,
  groups: groups.map((group) => group.name).join(' | '),
});

const cellsOf = ({ email, name, role, groups }: Written): string[] => [email, name, role, groups];

/** Hands a text to the browser as a file. The mark at its beginning tells Excel that it is UTF-8. */
export function downloadCsv(csv: string, filename: string): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
