import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AddressPolicy } from '../../platform/address-guard.ts';
import { OdooError } from './odoo-error.ts';
import { isRecord } from './odoo-request.ts';
import {
  type OdooCall,
  type OdooCredentials,
  type OdooTransport,
  type OdooVersion,
  openTransport,
} from './odoo-transport.ts';
import { readUserContext, type UserContext } from './user-context.ts';

export type OdooRow = Record<string, unknown> & { id: number };
export type OdooDomain = unknown[];
/** Odoo's own words for what a user may do with a model. */
export type OdooRight = 'read' | 'create' | 'write' | 'unlink';

export interface OdooField {
  type: string;
  label: string;
  required: boolean;
  readonly: boolean;
  stored: boolean;
  relation?: string;
  selection?: [string, string][];
  help?: string;
}

/** Calls in the terms of Odoo's ORM; which protocol carries them is the transport's. Every method throws OdooError. */
export interface OdooClient {
  version: OdooVersion;
  /** Whose language, time zone and companies every call carries. */
  user: UserContext;
  search(model: string, query: SearchQuery, signal?: AbortSignal): Promise<OdooRow[]>;
  read(model: string, ids: number[], fields: string[], signal?: AbortSignal): Promise<OdooRow[]>;
  count(model: string, domain: OdooDomain, signal?: AbortSignal, options?: { withArchived?: boolean }): Promise<number>;
  /** Rows with each measure under its own spec, such as `amount_total:sum`, and `__count`. */
  group(model: string, query: GroupQuery, signal?: AbortSignal): Promise<Record<string, unknown>[]>;
  create(model: string, values: object, options: WriteOptions): Promise<number>;
  write(model: string, ids: number[], values: object, signal?: AbortSignal): Promise<void>;
  unlink(model: string, ids: number[], signal?: AbortSignal): Promise<void>;
  /** Calls a method of the records themselves, such as `action_confirm`. Returns what it answers. */
  act(model: string, method: string, ids: number[], options: ActOptions): Promise<unknown>;
  /** What Odoo would put into a new record's fields; undefined where it does not say. */
  defaults(model: string, fields: string[], signal?: AbortSignal): Promise<Record<string, unknown> | undefined>;
  fields(model: string, signal?: AbortSignal): Promise<Record<string, OdooField>>;
  /** The same in another language than the user's, by its code. */
  labels(model: string, language: string, signal?: AbortSignal): Promise<Record<string, OdooField>>;
  /** Asked of Odoo, as the user of the credentials. */
  hasRight(model: string, right: OdooRight, signal?: AbortSignal): Promise<boolean>;
  /** Who the credentials belong to. */
  whoAmI(signal?: AbortSignal): Promise<{ id: number; login: string | undefined }>;
}

export interface SearchQuery {
  domain: OdooDomain;
  fields: string[];
  order?: string | undefined;
  limit: number;
  offset?: number | undefined;
  /** Archived records as well, which a search passes over. */
  withArchived?: boolean | undefined;
}

export interface GroupQuery {
  domain: OdooDomain;
  /** `<field>:<aggregate>` */
  measures: string[];
  groupBy: string[];
  order?: string | undefined;
  limit: number;
  offset?: number | undefined;
}

export interface WriteOptions {
  /** The company on whose behalf defaults such as journals are chosen. */
  companyId?: number | undefined;
  context?: Record<string, unknown> | undefined;
  signal?: AbortSignal | undefined;
}

export interface ActOptions {
  parameters?: Record<string, unknown>;
  context?: Record<string, unknown>;
  signal?: AbortSignal | undefined;
}

/** Binary fields answer with their size instead of their content. */
const readContext = { bin_size: true };
const withArchivedContext = { active_test: false };

export function createOdooClient(transport: OdooTransport, user: UserContext): OdooClient {
  const { version } = transport;
  const call = (options: OdooCall, signal?: AbortSignal) =>
    transport.call({ ...options, context: { ...user, ...options.context } }, signal);
  const describe = async (model: string, context?: Record<string, unknown>, signal?: AbortSignal) => {
    const attributes = ['string', 'type', 'required', 'readonly', 'relation', 'selection', 'help', 'store'];
    const asked = { model, method: 'fields_get', parameters: { attributes }, ...(context && { context }) };
    const answer = await call(asked, signal);
    if (!isRecord(answer)) throw new OdooError('server', 'Odoo did not describe the model.');
    return Object.fromEntries(
      Object.entries(answer).flatMap(([name, field]) => (isRecord(field) ? [[name, fieldOf(field)]] : [])),
    );
  };
  const rows = (value: unknown): OdooRow[] => {
    if (!Array.isArray(value)) throw new OdooError('server', 'Odoo answered with something else than records.');
    return value.filter((row): row is OdooRow => isRecord(row) && typeof row['id'] === 'number');
  };

  return {
    version,
    user,
    async search(model, { domain, fields, order, limit, offset, withArchived }, signal) {
      const parameters = { domain, fields, limit, ...(offset && { offset }), ...(order && { order }) };
      const context = withArchived ? { ...readContext, ...withArchivedContext } : readContext;
      return rows(await call({ model, method: 'search_read', parameters, context }, signal));
    },
    async read(model, ids, fields, signal) {
      return rows(await call({ model, method: 'read', ids, parameters: { fields }, context: readContext }, signal));
    },
    async count(model, domain, signal, { withArchived = false } = {}) {
      const context = withArchived ? withArchivedContext : {};
      const answer = await call(
        { model, method: 'search_count', parameters: { domain }, positional: ['domain'], context },
        signal,
      );
      return Number(answer);
    },
    group: (model, query, signal) =>
      version.major >= 19 ? formattedGroups(call, model, query, signal) : plainGroups(call, model, query, signal),
    async create(model, values, { companyId, context, signal }) {
      const answer = await call(
        {
          model,
          method: 'create',
          parameters: { vals_list: [values] },
          positional: ['vals_list'],
          context: { ...(companyId !== undefined && { allowed_company_ids: [companyId] }), ...context },
        },
        signal,
      );
      const id = Array.isArray(answer) ? answer[0] : answer;
      if (typeof id !== 'number') throw new OdooError('server', 'Odoo did not say which record it created.');
      return id;
    },
    async write(model, ids, values, signal) {
      await call({ model, method: 'write', ids, parameters: { vals: values } }, signal);
    },
    async unlink(model, ids, signal) {
      await call({ model, method: 'unlink', ids, parameters: {} }, signal);
    },
    act: (model, method, ids, { parameters = {}, context, signal }) =>
      call({ model, method, ids, parameters, ...(context && { context }) }, signal),
    async defaults(model, fields, signal) {
      // The parameter has another name from 19 on.
      for (const name of ['fields', 'fields_list']) {
        try {
          const asked = { model, method: 'default_get', parameters: { [name]: fields }, positional: [name] };
          const answer = await call(asked, signal);
          return isRecord(answer) ? answer : undefined;
        } catch (error) {
          const isOwn =
            error instanceof OdooError &&
            ['validation', 'server', 'access-denied', 'unknown-model', 'unknown-database'].includes(error.reason);
          if (!isOwn) throw error;
        }
      }
      return undefined;
    },
    fields: (model, signal) => describe(model, undefined, signal),
    labels: (model, lang, signal) => describe(model, { lang }, signal),
    async hasRight(model, right, signal) {
      const asked: OdooCall =
        version.major >= 18
          ? { model, method: 'has_access', ids: [], parameters: { operation: right }, positional: ['operation'] }
          : {
              model,
              method: 'check_access_rights',
              parameters: { operation: right, raise_exception: false },
              positional: ['operation'],
            };
      return (await call(asked, signal)) === true;
    },
    async whoAmI(signal) {
      const context = await call({ model: 'res.users', method: 'context_get', parameters: {} }, signal);
      const id = isRecord(context) ? Number(context['uid']) : NaN;
      if (!Number.isInteger(id)) return { id: 0, login: undefined };
      try {
        const answer = await call(
          { model: 'res.users', method: 'read', ids: [id], parameters: { fields: ['login'] } },
          signal,
        );
        const login = rows(answer)[0]?.['login'];
        return { id, login: typeof login === 'string' ? login : undefined };
      } catch (error) {
        if (error instanceof OdooError && error.reason === 'access-denied') return { id, login: undefined };
        throw error;
      }
    },
  };
}

type Call = (options: OdooCall, signal?: AbortSignal) => Promise<unknown>;

/** Odoo 19: each measure under its spec already; what begins with `__` and is not the count is for Odoo's own pages. */
async function formattedGroups(call: Call, model: string, query: GroupQuery, signal?: AbortSignal) {
  const { domain, groupBy, measures, order, limit, offset } = query;
  const parameters = {
    domain,
    groupby: groupBy,
    aggregates: [...measures, '__count'],
    limit,
    ...(offset && { offset }),
    ...(order && { order }),
  };
  const answer = await call({ model, method: 'formatted_read_group', parameters }, signal);
  return groupRows(answer, (row) => row);
}

/** Before: `read_group` with an alias per measure, as two measures of one field would share a key otherwise. */
async function plainGroups(call: Call, model: string, query: GroupQuery, signal?: AbortSignal) {
  const { domain, groupBy, measures, order, limit, offset } = query;
  const aliases = measures.map((measure, index) => {
    const [field, aggregate] = measure.split(':');
    return { alias: `measure_${index}`, measure, spec: `measure_${index}:${aggregate}(${field})` };
  });
  const ordered = aliases.reduce((text, { alias, measure }) => text.replaceAll(measure, alias), order ?? '');
  const parameters = {
    domain,
    fields: aliases.map(({ spec }) => spec),
    groupby: groupBy,
    lazy: false,
    limit,
    ...(offset && { offset }),
    ...(ordered && { orderby: ordered }),
  };
  const answer = await call({ model, method: 'read_group', parameters }, signal);
  return groupRows(answer, (row) => {
    const plain = { ...row };
    for (const { alias, measure } of aliases) {
      plain[measure] = plain[alias];
      delete plain[alias];
    }
    return plain;
  });
}

function groupRows(answer: unknown, convert: (row: Record<string, unknown>) => Record<string, unknown>) {
  if (!Array.isArray(answer)) throw new OdooError('server', 'Odoo answered with something else than groups.');
  return answer.filter(isRecord).map((row) => {
    const kept = Object.entries(convert(row)).filter(([key]) => key === '__count' || !key.startsWith('__'));
    return Object.fromEntries(kept);
  });
}

function fieldOf(field: Record<string, unknown>): OdooField {
  const { selection, relation, help } = field;
  return {
    type: String(field['type']),
    label: String(field['string'] ?? ''),
    required: field['required'] === true,
    readonly: field['readonly'] === true,
    stored: field['store'] !== false,
    ...(typeof relation === 'string' && { relation }),
    ...(Array.isArray(selection) && { selection: selection as [string, string][] }),
    ...(typeof help === 'string' && help !== '' && { help }),
  };
}

/** Opens connections to Odoos and keeps what signing in found out, so that a tool call is one request and not three. */
export interface OdooConnector {
  connect(credentials: OdooCredentials): Promise<OdooClient>;
  policy: AddressPolicy;
}

export function createOdooConnector(policy: AddressPolicy): OdooConnector {
  const sessions = new LRUCache<string, Promise<OdooTransport>>({ max: 200, ttl: 10 * 60_000 });
  // Asked again soon, so that a language or company that the user chose in Odoo counts.
  const contexts = new LRUCache<string, Promise<UserContext>>({ max: 200, ttl: 60_000 });
  // A description is large and changes with an upgrade of Odoo's apps only.
  const descriptions = new LRUCache<string, Promise<Record<string, OdooField>>>({ max: 200, ttl: 60_000 });
  return {
    policy,
    async connect(credentials) {
      const key = createHash('sha256').update(JSON.stringify(credentials)).digest('hex');
      // Not stopped by one caller's signal: several calls may wait for the same session.
      const opening = sessions.get(key) ?? openTransport(credentials, policy);
      sessions.set(key, opening);
      const forget = () => void (sessions.peek(key) === opening && sessions.delete(key));
      const transport = await opening.catch((error: unknown) => {
        forget();
        throw error;
      });
      const guarded: OdooTransport = {
        version: transport.version,
        async call(call, signal) {
          try {
            return await transport.call(call, signal);
          } catch (error) {
            // The key was changed, or Odoo was updated to another version.
            if (error instanceof OdooError && ['credentials', 'not-odoo'].includes(error.reason)) forget();
            throw error;
          }
        },
      };
      const asking = contexts.get(key) ?? readUserContext(guarded.call);
      contexts.set(key, asking);
      asking.catch(() => contexts.peek(key) === asking && contexts.delete(key));
      const user = await asking;
      const client = createOdooClient(guarded, user);
      // Labels are in the user's language, and what a field may be depends on the company.
      const remembered = (about: string, ask: () => Promise<Record<string, OdooField>>) => {
        const name = `${key} ${JSON.stringify(user)} ${about}`;
        const asked = descriptions.get(name) ?? ask();
        descriptions.set(name, asked);
        asked.catch(() => descriptions.peek(name) === asked && descriptions.delete(name));
        return asked;
      };
      return {
        ...client,
        fields: (model) => remembered(model, () => client.fields(model)),
        labels: (model, lang) => remembered(`${model} ${lang}`, () => client.labels(model, lang)),
      };
    },
  };
}
