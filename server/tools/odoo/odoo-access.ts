import type { ModelPermission, Operation } from '../../../contract/integrations.ts';
import { ToolDenied } from '../tool.ts';
import type { OdooCredentials } from './odoo-transport.ts';
import { labelOf } from './model-words.ts';

/** One Odoo that an agent may use, with what it may do there: the database's answer of this moment. */
export interface OdooGrant {
  connectionId: string;
  name: string;
  description: string | null;
  credentials: OdooCredentials;
  /** What holds: access level, models and the Odoo user's own rights together. */
  permissions: ModelPermission[];
  /** Titles of models, where they are known. */
  titles: ReadonlyMap<string, string>;
}

/** What the Odoo tools ask of the database. */
export interface OdooAccess {
  /** Enabled connections of this agent. Asked at each call. */
  findGrants(agentId: string): Promise<OdooGrant[]>;
  rememberSeen(records: SeenRecords): Promise<void>;
  /** Which of these records were read in the conversation. */
  findSeen(records: SeenRecords): Promise<Set<number>>;
}

export interface SeenRecords {
  conversationId: string;
  connectionId: string;
  model: string;
  ids: number[];
}

export const mayUse = (grant: OdooGrant, model: string, operation: Operation): boolean =>
  grant.permissions.some((permission) => permission.model === model && permission.operation === operation);

const verbs: Record<Operation, string> = { read: 'read', create: 'create', write: 'change', delete: 'delete' };

/** Throws ToolDenied unless the agent was given this operation on this model. */
export function requirePermission(grant: OdooGrant, model: string, operation: Operation): void {
  if (mayUse(grant, model, operation)) return;
  throw new ToolDenied(
    `This agent may not ${verbs[operation]} records of “${labelOf(model, grant)}” in ${grant.name}. An admin can allow it in the agent’s permissions.`,
  );
}

/** The connection a call is about: the named one, or the only one. Throws ToolDenied. */
export async function requireGrant(access: OdooAccess, agentId: string, named: string | undefined): Promise<OdooGrant> {
  const grants = await access.findGrants(agentId);
  if (grants.length === 0) throw new ToolDenied('No Odoo connection is enabled for this agent.');
  const matching =
    named === undefined
      ? grants
      : grants.filter(({ connectionId, name }) => connectionId === named || name.toLowerCase() === named.toLowerCase());
  if (matching.length === 1) return matching[0] as OdooGrant;
  const list = grants.map(({ name, connectionId }) => `${name} (${connectionId})`).join(', ');
  throw new ToolDenied(
    matching.length === 0
      ? `This agent has no Odoo connection of that name. It has: ${list}.`
      : `Name the connection to use by its id: ${list}.`,
  );
}
