import * as z from 'zod';

const impersonalSchemas = new WeakSet<z.core.$ZodType>();

/** Signed as it is, for ever: words of the product, of its configuration or of the organisation; never of a person. */
export function impersonal<Schema extends z.ZodType>(schema: Schema): Schema {
  impersonalSchemas.add(schema);
  return schema;
}

export const isImpersonal = (schema: z.core.$ZodType): boolean => impersonalSchemas.has(schema);

/** A word, name or address of the product, its configuration or the organisation. */
export const plainText = () => impersonal(z.string());
export const plainValue = () => impersonal(z.unknown());
