import * as z from 'zod';
import { modelNameSchema } from '../../../contract/integrations.ts';
import { ToolError } from '../tool.ts';
import type { OdooDomain } from './odoo-client.ts';
import { type OdooSession, requireReadablePath } from './odoo-session.ts';

const scalar = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]);
const leaf = z
  .array(z.union([scalar, z.array(z.union([z.string().max(2_000), z.number(), z.boolean()])).max(500)]))
  .length(3);

export const domainSchema = z
  .array(z.union([z.enum(['&', '|', '!']), leaf]))
  .max(100)
  .describe(
    'Odoo search domain: conditions ["field", "operator", value], all of which must hold; "|" or "&" before two conditions and "!" ' +
      'before one combine them. Operators: =, !=, >, >=, <, <=, in, not in, like, ilike, not ilike, =like, =ilike, child_of, parent_of. ' +
      'Dates as "2026-01-31", date and time in UTC as "2026-01-31 13:00:00". Without it: all records.',
  );

export const connectionSchema = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('Name or id of the Odoo connection; needed only if there are several');

export const modelSchema = modelNameSchema.describe('Technical name of the model, such as sale.order');
export const idSchema = z.int().min(1).max(2_147_483_647);
export const fieldSchema = z.string().regex(/^[A-Za-z_]\w{0,99}$/, 'must be the technical name of a field');
const pathSchema = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*){0,4}$/;

export const orderSchema = z
  .string()
  .max(200)
  .regex(/^\s*[\w:]+(\s+(asc|desc))?(\s*,\s*[\w:]+(\s+(asc|desc))?){0,3}\s*$/i, 'must be like "date_order desc, id"');

/** An object keyed by field names. */
export const valuesSchema = z
  .record(fieldSchema, z.unknown())
  .refine((values) => Object.keys(values).length > 0, 'must name at least one field')
  .refine((values) => JSON.stringify(values).length <= 200_000, 'is too large')
  .describe(
    'Values by field name. many2one: the id of the record. Lines of a one2many: a list of commands, [0, 0, {values}] to add, ' +
      '[1, id, {values}] to change, [2, id, 0] to delete one.',
  );

const operators = new Set([
  '=',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  '=?',
  'in',
  'not in',
  'like',
  'ilike',
  'not like',
  'not ilike',
  '=like',
  '=ilike',
  'child_of',
  'parent_of',
]);

/** Checks form, fields and, for paths into other models, the right to read those. */
export async function checkDomain(session: OdooSession, domain: OdooDomain): Promise<OdooDomain> {
  let conditions = 0;
  // In prefix notation, read from the end: an operator takes conditions that stand behind it.
  for (const part of domain.toReversed()) {
    if (typeof part !== 'string') conditions += 1;
    else if (conditions < (part === '!' ? 1 : 2)) {
      throw new ToolError(
        'The domain is incomplete: "&" and "|" stand before the two conditions they combine, "!" before one.',
      );
    } else if (part !== '!') conditions -= 1;
  }
  for (const part of domain) if (typeof part !== 'string') await checkLeaf(session, part as unknown[]);
  return domain;
}

async function checkLeaf(session: OdooSession, [path, operator]: unknown[]): Promise<void> {
  if (typeof path !== 'string' || !pathSchema.test(path)) {
    throw new ToolError(`${JSON.stringify(path)} is not a field; a condition is ["field", "operator", value].`);
  }
  if (typeof operator !== 'string' || !operators.has(operator)) {
    throw new ToolError(`${JSON.stringify(operator)} is not an operator. There are: ${[...operators].join(', ')}.`);
  }
  await requireReadablePath(session, path);
}
