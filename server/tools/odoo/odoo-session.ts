import type { ExclusiveWork } from '../../db/exclusive-work.ts';
import type { Operation } from '../../../contract/integrations.ts';
import { ToolDenied, ToolError, type ToolContext } from '../tool.ts';
import type { OdooClient, OdooConnector, OdooField } from './odoo-client.ts';
import { mayUse, requireGrant, requirePermission, type OdooAccess, type OdooGrant } from './odoo-access.ts';
import { OdooError } from './odoo-error.ts';
import { labelOf } from './model-words.ts';

export interface OdooToolServices {
  access: OdooAccess;
  connector: OdooConnector;
  /** Works of one name one after the other, on whichever server: two calls must not both find that a bill is not there yet. */
  exclusively: ExclusiveWork;
}

export interface Company {
  id: number;
  name: string;
}

/** One call's view of the Odoo it is about. */
export interface OdooSession {
  grant: OdooGrant;
  client: OdooClient;
  model: string;
  fields: Record<string, OdooField>;
  /** The companies the Odoo user works for; empty when it may not see them. */
  companies: Company[];
  signal: AbortSignal;
}

export interface ModelInput {
  connection?: string | undefined;
  model: string;
}

/** Asks the database whether this agent may do it now. Throws ToolDenied. */
export async function checkModelScope(
  { access }: OdooToolServices,
  { connection, model }: ModelInput,
  operation: Operation,
  context: Pick<ToolContext, 'agentId'>,
): Promise<OdooGrant> {
  const grant = await requireGrant(access, context.agentId, connection);
  requirePermission(grant, model, operation);
  return grant;
}

/**
 * Opens what a call is about and runs it. Odoo's errors become ToolErrors, in which a refusal cannot be taken for an empty
 * result.
 */
export async function withModel<Result>(
  services: OdooToolServices,
  request: { input: ModelInput; operation: Operation; context: ToolContext },
  work: (session: OdooSession) => Promise<Result>,
): Promise<Result> {
  const { input, operation, context } = request;
  const grant = await checkModelScope(services, input, operation, context);
  try {
    const client = await services.connector.connect(grant.credentials);
    const [fields, companies] = await Promise.all([client.fields(input.model), findCompanies(client, context.signal)]);
    return await work({ grant, client, model: input.model, fields, companies, signal: context.signal });
  } catch (error) {
    throw explained(error, grant, input.model);
  }
}

async function findCompanies(client: OdooClient, signal: AbortSignal): Promise<Company[]> {
  try {
    const rows = await client.search('res.company', { domain: [], fields: ['name'], order: 'id', limit: 50 }, signal);
    return rows.map(({ id, name }) => ({ id, name: String(name) }));
  } catch (error) {
    if (error instanceof OdooError && error.reason === 'access-denied') return [];
    throw error;
  }
}

export function explained(error: unknown, grant: OdooGrant, model: string): unknown {
  if (!(error instanceof OdooError)) return error;
  switch (error.reason) {
    case 'access-denied':
      return new ToolError(
        `Access denied by Odoo (${grant.name}, “${labelOf(model, grant)}”). This does not mean that nothing is there: the user of the connection ` +
          `may not. ${error.message}`,
      );
    case 'credentials':
      return new ToolError(
        `${error.message} An admin can renew the connection ${grant.name} under Settings → Integrations.`,
      );
    case 'validation':
      return new ToolError(`${error.message} See the model’s fields with odoo_describe_model.`);
    default:
      return new ToolError(error.message);
  }
}

export const requireFields = ({ fields, model }: Pick<OdooSession, 'fields' | 'model'>, names: string[]): void => {
  const unknown = names.filter((name) => !Object.hasOwn(fields, name));
  if (unknown.length === 0) return;
  throw new ToolError(`${model} has no field ${unknown.join(', ')}. See its fields with odoo_describe_model.`);
};

/** Fields of other models show their content too, so they need the right to read those models. */
export async function requireReadablePath(session: OdooSession, path: string): Promise<void> {
  const names = path.split('.');
  let { model, fields } = session;
  for (const [index, name] of names.entries()) {
    requireFields({ model, fields }, [name]);
    if (index === names.length - 1) return;
    const next = fields[name]?.relation;
    if (next === undefined) throw new ToolError(`${model}.${name} leads to no other model.`);
    if (!mayUse(session.grant, next, 'read')) {
      throw new ToolDenied(
        `This agent may not read records of “${labelOf(next, session.grant)}” in ${session.grant.name}, so it cannot look at ${path}.`,
      );
    }
    model = next;
    fields = await session.client.fields(model, session.signal);
  }
}

/** A record that several companies could own says whose it is. */
export const companyField = ({ fields, companies }: OdooSession): string | undefined =>
  companies.length > 1 && fields['company_id']?.relation === 'res.company' ? 'company_id' : undefined;

export const companyList = (companies: Company[]): string =>
  companies.map(({ id, name }) => `${name} (${id})`).join(', ');
