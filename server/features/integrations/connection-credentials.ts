import {
  type CredentialChanges,
  maskedCredential,
  odooCredentialsSchema,
  webSearchCredentialsSchema,
} from '../../../contract/integrations.ts';
import {
  ForbiddenAddressError,
  parseAllowedUrl,
  portOf,
  resolveAllowed,
  UnknownHostError,
  type AddressPolicy,
} from '../../platform/address-guard.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { AppError, invalidField } from '../../platform/errors.ts';
import type { OdooCredentials } from '../../tools/odoo/odoo-transport.ts';
import type { ConnectionRow } from './integration.queries.ts';

export type Credentials =
  { type: 'odoo'; values: OdooCredentials } | { type: 'web-search'; values: { apiKey: string } };

export function encryptCredentials(encryption: Encryption, id: string, { values }: Credentials): string {
  return encryption.encrypt(JSON.stringify(values), `connection:${id}`);
}

export function decryptCredentials(
  encryption: Encryption,
  row: Pick<ConnectionRow, 'id' | 'type' | 'credentials'>,
): Credentials {
  const values: unknown = JSON.parse(encryption.decrypt(row.credentials, `connection:${row.id}`));
  return { type: row.type, values } as Credentials;
}

/**
 * Stored credentials with changes. A stored key goes only where it was entered for: another address, database or user
 * needs it typed again, so that a changed address cannot collect it.
 */
export function mergeCredentials(stored: Credentials, changes: CredentialChanges): Credentials {
  const { apiKey, ...rest } = changes;
  const isNewKey = apiKey !== undefined && apiKey !== maskedCredential;
  const merged = { ...stored.values, ...rest, ...(isNewKey && { apiKey }) };
  if (stored.type === 'web-search') {
    const unknown = Object.keys(rest)[0];
    if (unknown) throw invalidField(`credentials.${unknown}`, `A web search connection has no ${unknown}.`);
    return { type: 'web-search', values: webSearchCredentialsSchema.parse(merged) };
  }
  const values = odooCredentialsSchema.parse(merged);
  const isElsewhere = originOf(values.url) !== originOf(stored.values.url) || values.login !== stored.values.login;
  if (isElsewhere && !isNewKey) {
    throw invalidField('credentials.apiKey', 'Enter the API key again: it was given for another address or user.');
  }
  return { type: 'odoo', values };
}

const originOf = (url: string) => URL.parse(url)?.origin;

/**
 * Refuses an address that Pinchy must not reach. A host that is not found is no danger: every request checks the
 * address that it dials.
 */
export async function requireAllowedAddress(
  url: string,
  policy: AddressPolicy,
  field = 'credentials.url',
): Promise<void> {
  try {
    const parsed = parseAllowedUrl(url, policy);
    await resolveAllowed(parsed.hostname, policy, portOf(parsed));
  } catch (error) {
    if (error instanceof UnknownHostError) return;
    if (!(error instanceof ForbiddenAddressError)) throw error;
    const hint = policy.allowPrivate
      ? ''
      : ' For an Odoo in a private network, start Pinchy with ALLOW_PRIVATE_URLS=1.';
    throw new AppError('invalid_request', `${error.message}${hint}`, {
      fieldErrors: { [field]: [error.message] },
      cause: error,
    });
  }
}

export function maskCredentials({ values }: Credentials) {
  return { ...values, apiKey: maskedCredential };
}
