import type { Integration, IntegrationType, TestAnswer } from '../../../../contract/integrations.ts';
import { ApiError } from '../../../api/api-error.ts';
import { call } from '../../../api/client.ts';

/** What the form asks for; a web search uses name, description and key. */
export interface ConnectionValues {
  name: string;
  description: string;
  url: string;
  db: string;
  login: string;
  /** Empty means the stored one. */
  apiKey: string;
}

const odooCredentials = ({ url, db, login, apiKey }: ConnectionValues) => ({
  url: url.trim(),
  db: db.trim(),
  login: login.trim(),
  apiKey: apiKey.trim(),
});

const searchCredentials = ({ apiKey }: ConnectionValues) => ({ apiKey: apiKey.trim() });

/** The credentials that differ from the stored ones; undefined when none do. */
function changedCredentials({ type, credentials: stored }: Integration, values: ConnectionValues) {
  const typed = type === 'odoo' ? odooCredentials(values) : searchCredentials(values);
  const changed = Object.entries(typed).filter(([field, value]) =>
    field === 'apiKey' ? value !== '' : value !== stored[field as keyof typeof stored],
  );
  return changed.length === 0 ? undefined : (Object.fromEntries(changed) as Partial<typeof typed>);
}

export function testValues(
  type: IntegrationType,
  connection: Integration | null,
  values: ConnectionValues,
): Promise<TestAnswer> {
  if (connection) {
    const credentials = changedCredentials(connection, values);
    return call('testStoredIntegration', {
      params: { connectionId: connection.id },
      ...(credentials && { body: { credentials } }),
    });
  }
  return call('testIntegration', {
    body:
      type === 'odoo'
        ? { type, credentials: odooCredentials(values) }
        : { type, credentials: searchCredentials(values) },
  });
}

export function saveConnection(
  type: IntegrationType,
  connection: Integration | null,
  values: ConnectionValues,
): Promise<Integration> {
  const name = values.name.trim();
  const description = values.description.trim() === '' ? null : values.description.trim();
  if (connection) {
    const credentials = changedCredentials(connection, values);
    return call('updateIntegration', {
      params: { connectionId: connection.id },
      body: { name, description, ...(credentials && { credentials }) },
    });
  }
  return call('createIntegration', {
    body:
      type === 'odoo'
        ? { type, name, description, credentials: odooCredentials(values) }
        : { type, name, description, credentials: searchCredentials(values) },
  });
}

/** Asks a new or changed connection what there is. Returns what went wrong, or null: the connection stays either way. */
export async function syncAfterSaving({ id }: Integration): Promise<unknown> {
  try {
    await call('syncIntegration', { params: { connectionId: id } });
    return null;
  } catch (error) {
    return error;
  }
}

/** The server names fields as they are nested, the form does not. */
export function withPlainFields(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { status, code, message, requestId, retryAfter } = error;
  const fieldErrors = Object.fromEntries(
    Object.entries(error.fieldErrors).map(([field, texts]) => [field.replace(/^credentials\./, ''), texts]),
  );
  return new ApiError({ status, code, message, fieldErrors, requestId, retryAfter });
}
