import { compileDomain, type DomainWorld } from './domain.ts';
import { businessMethods } from './business.ts';
import { OdooFault } from './fault.ts';
import { germanLabels } from './german-labels.ts';
import { readGroups } from './group.ts';
import {
  type FieldDefinition,
  modelDefinitions,
  sampleRecords,
  type ModelDefinition,
  type OdooRecord,
} from './models.ts';

export type Operation = 'read' | 'create' | 'write' | 'unlink';

export interface OdooUser {
  id: number;
  name: string;
  login: string;
  apiKey: string;
  /** Austrian unless said: English is what a call without context gets. */
  lang?: string | false;
  tz?: string | false;
  /** Access rights that are missing; everything else is allowed. */
  denied?: Record<string, Operation[]>;
  /** Fields of groups that the user is not in: for this user they are not there. */
  hiddenFields?: Record<string, string[]>;
  /** A record rule: records of which it says so do not exist for searches and are refused when read by id. */
  hides?: (model: string, record: OdooRecord) => boolean;
}

export type Named = Record<string, unknown>;

export interface Orm {
  models: Record<string, ModelDefinition>;
  /** The live records of a model, by id. */
  table(model: string): Map<number, OdooRecord>;
  /** Calls a public method as `user`. Throws OdooFault. */
  call(user: OdooUser, model: string, method: string, ids: number[], named: Named): unknown;
}

const shared = new Set(['res.partner', 'product.product']);

const missingMethod = (model: string, method: string) =>
  new OdooFault('builtins.AttributeError', `The method '${model}.${method}' does not exist`);

const isTranslated = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const languageOf = (context: Named) => (typeof context['lang'] === 'string' ? context['lang'] : 'en_US');
const translated = (value: unknown, context: Named): unknown =>
  isTranslated(value) ? (value[languageOf(context)] ?? value['en_US']) : value;

/** A small ORM in memory that answers as Odoo's does. */
export function createOrm(companies: string[]): Orm {
  const models = structuredClone(modelDefinitions);
  const tables = new Map<string, Map<number, OdooRecord>>();
  for (const [model, rows] of Object.entries(sampleRecords(companies))) {
    const live = models[model]?.fields['active'] ? { active: true } : {};
    tables.set(model, new Map(rows.map((row, index) => [index + 1, { ...live, ...row, id: index + 1 }])));
  }
  const table = (model: string) => {
    const found = tables.get(model) ?? new Map<number, OdooRecord>();
    tables.set(model, found);
    return found;
  };
  const worldOf = (context: Named): DomainWorld => ({
    field: (model, name) => fieldsOf(model)[name],
    find: (model, id) => table(model).get(id),
    displayName: (model, id) => displayName(model, id, context),
    value: (record, name) => translated(record[name], context),
  });

  function fieldsOf(model: string): Record<string, FieldDefinition> {
    const definition = models[model];
    if (!definition) throw new OdooFault('builtins.KeyError', `'${model}'`);
    return {
      id: { type: 'integer', string: 'ID', readonly: true },
      display_name: { type: 'char', string: 'Display Name', readonly: true },
      ...definition.fields,
    };
  }

  function displayName(model: string, id: number, context: Named = {}): string {
    const record = table(model).get(id);
    const name = translated(record?.['name'], context);
    return typeof name === 'string' ? name : `${model},${id}`;
  }

  function requireRight(user: OdooUser, model: string, operation: Operation): void {
    if (!user.denied?.[model]?.includes(operation)) return;
    const verbs = { read: 'access', create: 'create', write: 'modify', unlink: 'delete' };
    const title = models[model]?.name ?? model;
    throw new OdooFault(
      'odoo.exceptions.AccessError',
      `You are not allowed to ${verbs[operation]} '${title}' (${model}) records.\n\nNo group currently allows this operation.\n\nContact your administrator to request access if necessary.`,
    );
  }

  /** The records of ids, or what Odoo raises for those that are gone or that a record rule hides. */
  function browse(user: OdooUser, model: string, ids: number[]): OdooRecord[] {
    return ids.map((id) => {
      const record = table(model).get(id);
      if (!record)
        throw new OdooFault(
          'odoo.exceptions.MissingError',
          `Record does not exist or has been deleted.\n(Record: ${model}(${id},), User: ${user.id})`,
        );
      if (user.hides?.(model, record)) {
        throw new OdooFault(
          'odoo.exceptions.AccessError',
          `Uh-oh! Looks like you have stumbled upon some top-secret records.\n\nSorry, ${user.name} (id=${user.id}) doesn't have 'read' access to:\n- ${models[model]?.name} (${model})`,
        );
      }
      return record;
    });
  }

  function search(user: OdooUser, model: string, named: Named): OdooRecord[] {
    requireRight(user, model, 'read');
    const context = (named['context'] ?? {}) as Named;
    const domain = named['domain'] ?? [];
    const matches = compileDomain(model, domain, worldOf(context));
    // An archived record is passed over unless the domain or the context says otherwise.
    const asksForActive = JSON.stringify(domain).includes('"active"') || context['active_test'] === false;
    const isThere = (record: OdooRecord) =>
      (asksForActive || !fieldsOf(model)['active'] || record['active'] !== false) && isAllowed(record, model, context);
    const found = [...table(model).values()].filter(
      (record) => isThere(record) && !user.hides?.(model, record) && matches(record),
    );
    sort(found, typeof named['order'] === 'string' ? named['order'] : 'id', model);
    const offset = Number(named['offset'] ?? 0);
    const limit = typeof named['limit'] === 'number' ? named['limit'] : found.length;
    return found.slice(offset, offset + limit);
  }

  /** The companies that a person works in just now; a record without one is everybody's. */
  function isAllowed(record: OdooRecord, model: string, context: Named): boolean {
    const allowed = context['allowed_company_ids'] as number[] | undefined;
    if (!allowed || fieldsOf(model)['company_id']?.relation !== 'res.company') return true;
    return !record['company_id'] || allowed.includes(record['company_id'] as number);
  }

  function sort(records: OdooRecord[], order: string, model: string): void {
    const keys = order.split(',').map((part) => {
      const [field = '', direction = 'asc'] = part.trim().split(/\s+/);
      if (!fieldsOf(model)[field])
        throw new OdooFault('builtins.ValueError', `Invalid field '${field}' on model '${model}'`);
      return { field, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
    });
    records.sort((left, right) => {
      for (const { field, sign } of keys) {
        const [a, b] = [left[field] ?? false, right[field] ?? false];
        if (a !== b)
          return (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))) * sign;
      }
      return 0;
    });
  }

  function present(model: string, record: OdooRecord, fields: string[] | undefined, context: Named): OdooRecord {
    const known = fieldsOf(model);
    const names = fields && fields.length > 0 ? fields : Object.keys(known);
    const answer: OdooRecord = { id: record.id };
    for (const name of names) {
      const field = known[name];
      if (!field) throw new OdooFault('builtins.ValueError', `Invalid field '${name}' on '${model}'`);
      const stored =
        name === 'display_name'
          ? displayName(model, record.id, context)
          : (translated(record[name], context) ?? (field.type.endsWith('2many') ? [] : false));
      if (field.type === 'many2one' && typeof stored === 'number')
        answer[name] = [stored, displayName(field.relation as string, stored, context)];
      else if (field.type === 'binary' && context['bin_size'] && typeof stored === 'string')
        answer[name] = `${stored.length}.00 bytes`;
      else answer[name] = stored;
    }
    return answer;
  }

  function write(user: OdooUser, model: string, record: OdooRecord, values: Named, context: Named = {}): void {
    const known = fieldsOf(model);
    for (const [name, value] of Object.entries(values)) {
      const field = known[name];
      if (!field) throw new OdooFault('builtins.ValueError', `Invalid field '${name}' on model '${model}'`);
      if (field.selection && value !== false && !field.selection.some(([key]) => key === value)) {
        throw new OdooFault('builtins.ValueError', `Wrong value for ${model}.${name}: '${String(value)}'`);
      }
      if (field.required && (value === false || value === '')) {
        throw new OdooFault(
          'odoo.exceptions.ValidationError',
          `The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n\nModel: ${models[model]?.name} (${model})\nField: ${field.string} (${name})`,
        );
      }
      record[name] =
        field.type.endsWith('2many') && Array.isArray(value)
          ? runCommands(user, record, field, value, record[name])
          : field.translate
            ? { ...(isTranslated(record[name]) ? record[name] : {}), [languageOf(context)]: value }
            : value;
    }
  }

  /** The commands of x2many fields: [0, 0, values], [1, id, values], [2, id], [3, id], [4, id], [5], [6, 0, ids]. */
  function runCommands(
    user: OdooUser,
    owner: OdooRecord,
    field: { relation?: string; inverse?: string },
    commands: unknown[],
    stored: unknown,
  ): number[] {
    let ids = Array.isArray(stored) ? [...(stored as number[])] : [];
    const related = field.relation as string;
    for (const command of commands as [number, number, Named & number[]][]) {
      const [kind, id, payload] = command;
      if (kind === 0)
        ids.push(...create(user, related, [{ ...payload, ...(field.inverse && { [field.inverse]: owner.id }) }]));
      else if (kind === 1) write(user, related, browse(user, related, [id])[0] as OdooRecord, payload);
      else if (kind === 2) ids = ids.filter((other) => other !== id || !unlink(user, related, [id]));
      else if (kind === 3) ids = ids.filter((other) => other !== id);
      else if (kind === 4) ids.push(id);
      else if (kind === 5) ids = [];
      else if (kind === 6) ids = [...payload];
    }
    return ids;
  }

  function create(user: OdooUser, model: string, list: Named[], context: Named = {}): number[] {
    requireRight(user, model, 'create');
    return list.map((given) => {
      const values = { ...defaultsOf(user, model, context), ...given };
      const id = Math.max(0, ...table(model).keys()) + 1;
      const record: OdooRecord = { id };
      for (const [name, field] of Object.entries(fieldsOf(model)) as [
        string,
        { required?: boolean; string: string },
      ][]) {
        if (field.required && !values[name]) write(user, model, record, { [name]: false });
      }
      if (fieldsOf(model)['active']) record['active'] = true;
      if (model === 'account.move') Object.assign(record, { name: `BILL/${id}`, state: 'draft', amount_total: 0 });
      if (model === 'ir.attachment') record['file_size'] = Buffer.from(String(values['datas'] ?? ''), 'base64').length;
      table(model).set(id, record);
      write(user, model, record, values, context);
      // A term exists in the language it was written in, and in English.
      for (const [name, value] of Object.entries(record)) {
        if (isTranslated(value) && !value['en_US']) record[name] = { en_US: Object.values(value)[0], ...value };
      }
      return id;
    });
  }

  /** The company of most models is the one that the person works in; contacts and products are everybody's. */
  function defaultsOf(user: OdooUser, model: string, context: Named): Named {
    if (!fieldsOf(model)['company_id'] || shared.has(model)) return {};
    const allowed = (context['allowed_company_ids'] ?? [1]) as number[];
    return { company_id: allowed[0] };
  }

  function unlink(user: OdooUser, model: string, ids: number[]): boolean {
    requireRight(user, model, 'unlink');
    for (const record of browse(user, model, ids)) {
      if (model === 'account.move' && record['state'] === 'posted')
        throw new OdooFault(
          'odoo.exceptions.UserError',
          'You cannot delete a posted entry. Reset it to draft or cancel it first.',
        );
      table(model).delete(record.id);
    }
    return true;
  }

  function call(user: OdooUser, model: string, method: string, ids: number[], named: Named): unknown {
    fieldsOf(model);
    const context = (named['context'] ?? {}) as Named;
    const allowed = context['allowed_company_ids'];
    if (Array.isArray(allowed) && allowed.some((id) => !table('res.company').has(id as number))) {
      throw new OdooFault('odoo.exceptions.AccessError', 'Access to unauthorized or invalid companies.');
    }
    const fields = Array.isArray(named['fields']) ? (named['fields'] as string[]) : undefined;
    switch (method) {
      case 'search':
        return search(user, model, named).map((record) => record.id);
      case 'search_read':
        return search(user, model, named).map((record) => present(model, record, fields, context));
      case 'search_count':
        return search(user, model, { domain: named['domain'], context }).length;
      case 'name_search': {
        const domain = [['name', 'ilike', named['name'] ?? '']];
        return search(user, model, { domain, limit: named['limit'] ?? 100, context }).map(({ id }) => [
          id,
          displayName(model, id, context),
        ]);
      }
      case 'read':
        requireRight(user, model, 'read');
        return browse(user, model, ids).map((record) => present(model, record, fields, context));
      case 'read_group':
      case 'formatted_read_group':
        return readGroups(search(user, model, { domain: named['domain'], context }), named, {
          isFormatted: method === 'formatted_read_group',
          fields: fieldsOf(model),
          timeZone: typeof context['tz'] === 'string' ? context['tz'] : 'UTC',
          language: languageOf(context),
          displayName: (related, id) => displayName(related, id, context),
        });
      case 'create': {
        const list = named['vals_list'];
        return Array.isArray(list)
          ? create(user, model, list as Named[], context)
          : create(user, model, [list as Named], context)[0];
      }
      case 'write':
        requireRight(user, model, 'write');
        for (const record of browse(user, model, ids)) write(user, model, record, named['vals'] as Named, context);
        return true;
      case 'unlink':
        return unlink(user, model, ids);
      case 'fields_get': {
        const attributes = (named['attributes'] ?? []) as string[];
        const visible = Object.entries(fieldsOf(model)).filter(([name]) => !user.hiddenFields?.[model]?.includes(name));
        const shown = visible.map(([name, field]) => {
          const full: Named = {
            store: true,
            ...field,
            required: field.required ?? false,
            readonly: field.readonly ?? false,
            ...(languageOf(context).startsWith('de') && { string: germanLabels[field.string] ?? field.string }),
          };
          delete full['inverse'];
          return [
            name,
            attributes.length === 0
              ? full
              : Object.fromEntries(Object.entries(full).filter(([key]) => attributes.includes(key))),
          ];
        });
        return Object.fromEntries(shown);
      }
      case 'has_access':
      case 'check_access_rights':
        return !user.denied?.[model]?.includes(named['operation'] as Operation);
      case 'context_get':
        return { lang: user.lang ?? 'en_US', tz: user.tz ?? 'Europe/Vienna', uid: user.id };
      case 'default_get': {
        const defaults = defaultsOf(user, model, context);
        const asked = (named['fields'] ?? named['fields_list']) as string[];
        return Object.fromEntries(Object.entries(defaults).filter(([name]) => asked.includes(name)));
      }
      default: {
        const business = businessMethods[`${model}.${method}`] ?? businessMethods[`*.${method}`];
        if (!business) throw missingMethod(model, method);
        requireRight(user, model, 'write');
        const self = browse(user, model, ids);
        return business({
          user,
          model,
          self,
          named,
          context,
          table,
          create: (related, values) => create(user, related, [values], context)[0] as number,
        });
      }
    }
  }

  return { models, table, call };
}
