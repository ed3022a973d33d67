import type { OdooCall } from './odoo-transport.ts';
import { OdooError } from './odoo-error.ts';
import { isRecord } from './odoo-request.ts';

/** What Odoo's own client sends along with every call of a user, so that words, times and companies are theirs. */
export interface UserContext {
  lang?: string;
  tz?: string;
  uid?: number;
  /** The default company first: it is the one that new records belong to. */
  allowed_company_ids?: number[];
}

/** Asks Odoo; what the user may not see of it is left out. */
export async function readUserContext(call: (options: OdooCall) => Promise<unknown>): Promise<UserContext> {
  const answer = await orNothing(call({ model: 'res.users', method: 'context_get', parameters: {} }));
  const { lang, tz, uid } = isRecord(answer) ? answer : {};
  const known = {
    ...(typeof lang === 'string' && lang !== '' && { lang }),
    ...(typeof tz === 'string' && tz !== '' && { tz }),
  };
  if (!Number.isInteger(uid)) return known;
  const companies = await orNothing(
    call({
      model: 'res.users',
      method: 'read',
      ids: [uid as number],
      parameters: { fields: ['company_id', 'company_ids'] },
    }),
  );
  const [user] = Array.isArray(companies) ? companies.filter(isRecord) : [];
  const first = Array.isArray(user?.['company_id']) ? (user['company_id'][0] as unknown) : undefined;
  const all = Array.isArray(user?.['company_ids']) ? user['company_ids'] : [];
  const own = [...new Set([first, ...all])].filter((id): id is number => Number.isInteger(id));
  const ids = own.length > 0 ? own : await listCompanies(call);
  return { ...known, uid: uid as number, ...(ids.length > 0 && { allowed_company_ids: ids }) };
}

/** For users who may not read themselves: Odoo shows everybody the companies they work for. */
async function listCompanies(call: (options: OdooCall) => Promise<unknown>): Promise<number[]> {
  const parameters = { domain: [], fields: ['id'], limit: 50, order: 'id' };
  const rows = await orNothing(call({ model: 'res.company', method: 'search_read', parameters }));
  return Array.isArray(rows)
    ? rows.flatMap((row) => (isRecord(row) && typeof row['id'] === 'number' ? [row['id']] : []))
    : [];
}

/** What is refused is not there; a connection that fails is another matter. */
async function orNothing(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    const isOwn =
      error instanceof OdooError &&
      ['access-denied', 'missing-record', 'unknown-model', 'validation', 'server'].includes(error.reason);
    if (isOwn) return undefined;
    throw error;
  }
}
