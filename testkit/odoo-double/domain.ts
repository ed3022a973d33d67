import { OdooFault } from './fault.ts';
import type { FieldDefinition, OdooRecord } from './models.ts';

/** What the evaluation of a domain needs to know about records. */
export interface DomainWorld {
  field(model: string, name: string): FieldDefinition | undefined;
  find(model: string, id: number): OdooRecord | undefined;
  displayName(model: string, id: number): string;
  /** In the language of the call. */
  value(record: OdooRecord, name: string): unknown;
}

type Predicate = (record: OdooRecord) => boolean;

/** Odoo's search domains: prefix notation with `&`, `|`, `!` and leaves [field, operator, value]; `&` is implied. */
export function compileDomain(model: string, domain: unknown, world: DomainWorld): Predicate {
  if (!Array.isArray(domain)) throw invalid(domain);
  const tokens = [...domain];
  const predicates: Predicate[] = [];
  while (tokens.length > 0) predicates.push(next());
  return (record) => predicates.every((predicate) => predicate(record));

  function next(): Predicate {
    const token: unknown = tokens.shift();
    if (token === '&' || token === '|') {
      const [left, right] = [next(), next()];
      return token === '&' ? (record) => left(record) && right(record) : (record) => left(record) || right(record);
    }
    if (token === '!') {
      const negated = next();
      return (record) => !negated(record);
    }
    if (!Array.isArray(token) || token.length !== 3) throw invalid(token);
    return leaf(model, token as [unknown, unknown, unknown], world);
  }
}

function leaf(model: string, [name, operator, value]: [unknown, unknown, unknown], world: DomainWorld): Predicate {
  if (name === 1 || name === 0) return () => name === value;
  if (typeof name !== 'string' || typeof operator !== 'string') throw invalid([name, operator, value]);
  const [first = '', ...rest] = name.split('.');
  const field = first === 'id' ? { type: 'integer', string: 'ID' } : world.field(model, first);
  if (!field)
    throw new OdooFault(
      'builtins.ValueError',
      `Invalid field ${model}.${first} in leaf ('${name}', '${operator}', ${JSON.stringify(value)})`,
    );
  const inner = rest.length > 0 ? [[rest.join('.'), operator, value]] : operator === 'any' ? value : undefined;
  if (inner !== undefined) {
    if (!field.relation) throw invalid([name, operator, value]);
    const related = compileDomain(field.relation, inner, world);
    return (record) =>
      idsOf(record[first]).some((id) => {
        const target = world.find(field.relation as string, id);
        return target !== undefined && related(target);
      });
  }
  const matches = comparison(operator, value);
  return (record) => {
    const stored = world.value(record, first) ?? false;
    if (field.relation && typeof value === 'string') {
      return idsOf(stored).some((id) => matches(world.displayName(field.relation as string, id)));
    }
    if (Array.isArray(stored)) return stored.length === 0 ? matches(false) : stored.some((id) => matches(id));
    return matches(stored);
  };
}

const idsOf = (stored: unknown): number[] =>
  Array.isArray(stored) ? (stored as number[]) : typeof stored === 'number' ? [stored] : [];

function comparison(operator: string, value: unknown): (stored: unknown) => boolean {
  const list = Array.isArray(value) ? value : [value];
  const order = (test: (difference: number) => boolean) => (stored: unknown) =>
    stored !== false &&
    test(typeof stored === 'number' ? stored - Number(value) : String(stored).localeCompare(String(value)));
  switch (operator) {
    case '=':
      return (stored) => (value === false || value === null ? !stored : stored === value);
    case '!=':
      return (stored) => (value === false || value === null ? Boolean(stored) : stored !== value);
    case 'in':
      return (stored) => list.some((item) => (item === false ? !stored : item === stored));
    case 'not in':
      return (stored) => !list.some((item) => (item === false ? !stored : item === stored));
    case '>':
      return order((difference) => difference > 0);
    case '>=':
      return order((difference) => difference >= 0);
    case '<':
      return order((difference) => difference < 0);
    case '<=':
      return order((difference) => difference <= 0);
    case 'like':
    case 'ilike':
      return like(`%${String(value)}%`, operator === 'ilike');
    case 'not like':
    case 'not ilike': {
      const matches = like(`%${String(value)}%`, operator === 'not ilike');
      return (stored) => !matches(stored);
    }
    case '=like':
    case '=ilike':
      return like(String(value), operator === '=ilike');
    case 'child_of':
    case 'parent_of':
      return (stored) => list.includes(stored);
    default:
      throw new OdooFault('builtins.ValueError', `Invalid operator in domain term: ${operator}`);
  }
}

/** SQL's LIKE: `%`, `_`, and `\` to escape them. */
function like(pattern: string, ignoreCase: boolean): (stored: unknown) => boolean {
  let source = '';
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] as string;
    if (character === '\\' && index + 1 < pattern.length) source += escaped(pattern[++index] as string);
    else if (character === '%') source += '[\\s\\S]*';
    else if (character === '_') source += '[\\s\\S]';
    else source += escaped(character);
  }
  const expression = new RegExp(`^${source}$`, ignoreCase ? 'i' : '');
  return (stored) => typeof stored === 'string' && expression.test(stored);
}

const escaped = (character: string) => character.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

const invalid = (part: unknown) =>
  new OdooFault(
    'builtins.ValueError',
    `Domains to normalize must have a 'domain' form: a list or tuple of domain components: ${JSON.stringify(part)}`,
  );
