import type { Labels } from '../../../../contract/proposals.ts';
import type { OdooClient } from '../odoo-client.ts';
import { OdooError } from '../odoo-error.ts';
import type { OdooSession } from '../odoo-session.ts';

/** Those that pages may be read in; which one a person reads is the browser's to know. */
const languages = ['en', 'de', 'fr', 'es'];

export interface FieldLabels {
  field(name: string): Labels;
  /** Of one value of a selection. */
  option(name: string, key: string): Labels;
}

/** What Odoo's people call the fields of a model, in each language that is installed there. */
export async function labelFields(
  { client, signal, fields: own, model: ownModel }: Pick<OdooSession, 'client' | 'signal' | 'fields' | 'model'>,
  model: string,
): Promise<FieldLabels> {
  const ownFields = model === ownModel ? own : await client.fields(model, signal);
  const installed = await findLanguages(client, signal);
  const translated = await Promise.all(
    installed.map(async ([language, code]) => [language, await orNothing(client.labels(model, code, signal))] as const),
  );
  const known = [['own', ownFields] as const, ...translated].flatMap(([language, fields]) =>
    fields ? [[language, fields] as const] : [],
  );
  const labelsOf = (find: (fields: (typeof known)[number][1]) => string | undefined): Labels =>
    Object.fromEntries(
      known.flatMap(([language, fields]) => {
        const label = find(fields)?.replace(/\s+/g, ' ').slice(0, 100);
        return label ? [[language, label]] : [];
      }),
    );
  return {
    field: (name) => labelsOf((fields) => fields[name]?.label),
    option: (name, key) =>
      labelsOf((fields) => fields[name]?.selection?.find(([value]) => String(value) === key)?.[1]?.toString()),
  };
}

async function findLanguages(client: OdooClient, signal: AbortSignal): Promise<[language: string, code: string][]> {
  const query = { domain: [['active', '=', true]], fields: ['code'], order: 'code', limit: 100 };
  const rows = (await orNothing(client.search('res.lang', query, signal))) ?? [];
  const codes = rows.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
  return languages.flatMap((language) => {
    const code = codes.find((candidate) => candidate.split(/[_@]/)[0] === language);
    return code ? [[language, code] as [string, string]] : [];
  });
}

/** Nobody is kept from deciding because Odoo does not translate. */
async function orNothing<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof OdooError) return undefined;
    throw error;
  }
}
