import { OdooFault } from './fault.ts';
import type { Named } from './orm.ts';

interface Signature {
  /** Parameters in their order, without self. */
  parameters: string[];
  /** Called on records (`ids`), not on the model. */
  onRecords?: boolean;
  /** The first major version that has it. */
  since?: number;
}

/** The public methods that are doubled, with the parameter names of odoo/orm/models.py. */
const signatures: Record<string, Signature> = {
  search: { parameters: ['domain', 'offset', 'limit', 'order'] },
  search_read: { parameters: ['domain', 'fields', 'offset', 'limit', 'order'] },
  search_count: { parameters: ['domain', 'limit'] },
  name_search: { parameters: ['name', 'domain', 'operator', 'limit'] },
  read: { parameters: ['fields', 'load'], onRecords: true },
  read_group: { parameters: ['domain', 'fields', 'groupby', 'offset', 'limit', 'orderby', 'lazy'] },
  formatted_read_group: {
    parameters: ['domain', 'groupby', 'aggregates', 'having', 'offset', 'limit', 'order'],
    since: 19,
  },
  create: { parameters: ['vals_list'] },
  write: { parameters: ['vals'], onRecords: true },
  unlink: { parameters: [], onRecords: true },
  fields_get: { parameters: ['allfields', 'attributes'] },
  has_access: { parameters: ['operation'], onRecords: true, since: 18 },
  check_access_rights: { parameters: ['operation', 'raise_exception'] },
  context_get: { parameters: [] },
  action_confirm: { parameters: [], onRecords: true },
  button_validate: { parameters: [], onRecords: true },
  action_post: { parameters: [], onRecords: true },
  action_create_payments: { parameters: [], onRecords: true },
  action_feedback: { parameters: ['feedback', 'attachment_ids'], onRecords: true },
  toggle_active: { parameters: [], onRecords: true },
  activity_schedule: {
    parameters: ['act_type_xmlid', 'date_deadline', 'summary', 'note', 'user_id'],
    onRecords: true,
  },
};

/** Whose parameters differ between versions. */
function versioned(method: string, major: number): Signature | undefined {
  if (method === 'default_get') return { parameters: [major >= 19 ? 'fields' : 'fields_list'] };
  if (method !== 'message_post') return undefined;
  const parameters = ['body', 'subject', 'message_type', 'subtype_xmlid', 'partner_ids'];
  return { parameters: major >= 17 ? [...parameters, 'body_is_html'] : parameters, onRecords: true };
}

export function signatureOf(model: string, method: string, major: number): Signature {
  const signature = Object.hasOwn(signatures, method) ? signatures[method] : versioned(method, major);
  if (!signature || (signature.since ?? 0) > major) {
    throw new OdooFault('builtins.AttributeError', `The method '${model}.${method}' does not exist`);
  }
  return signature;
}

/** `execute_kw(model, method, args, kwargs)`: ids first for methods of records, then what the signature says. */
export function bindPositional(
  signature: Signature,
  method: string,
  args: unknown[],
  named: Named,
): { ids: number[]; named: Named } {
  const rest = [...args];
  const first = signature.onRecords ? rest.shift() : [];
  if (signature.onRecords && first === undefined)
    throw new OdooFault('builtins.TypeError', `${method}() missing 1 required positional argument: 'ids'`);
  const bound: Named = {};
  rest.forEach((value, index) => {
    const name = signature.parameters[index];
    if (!name)
      throw new OdooFault(
        'builtins.TypeError',
        `${method}() takes ${signature.parameters.length + 1} positional arguments but ${rest.length + 1} were given`,
      );
    bound[name] = value;
  });
  requireKnown(signature, method, named, 'builtins.TypeError');
  return { ids: Array.isArray(first) ? (first as number[]) : [Number(first)], named: { ...bound, ...named } };
}

/** JSON-2: the body's members are the method's parameters; `ids` and `context` are special. */
export function bindNamed(
  signature: Signature,
  target: { model: string; method: string },
  body: Named,
): { ids: number[]; named: Named } {
  const { ids, ...named } = body;
  if (!signature.onRecords && Array.isArray(ids) && ids.length > 0) {
    throw new OdooFault(
      'werkzeug.exceptions.UnprocessableEntity',
      `cannot call ${target.model}.${target.method} with ids`,
    );
  }
  requireKnown(signature, target.method, named, 'werkzeug.exceptions.UnprocessableEntity');
  if (target.method === 'create' && named['vals_list'] === undefined) {
    throw new OdooFault('werkzeug.exceptions.UnprocessableEntity', "missing a required argument: 'vals_list'");
  }
  return { ids: (ids as number[] | undefined) ?? [], named };
}

function requireKnown(signature: Signature, method: string, named: Named, exception: string): void {
  const unknown = Object.keys(named).find((name) => name !== 'context' && !signature.parameters.includes(name));
  if (unknown)
    throw new OdooFault(
      exception,
      `${exception.startsWith('builtins') ? `${method}() ` : ''}got an unexpected keyword argument '${unknown}'`,
    );
}
