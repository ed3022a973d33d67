import type { DiscoveredModel, TestAnswer } from '../../../contract/integrations.ts';
import { AppError } from '../../platform/errors.ts';
import { discoverModels } from '../../tools/odoo/discover-models.ts';
import type { OdooConnector } from '../../tools/odoo/odoo-client.ts';
import { OdooError } from '../../tools/odoo/odoo-error.ts';
import { listDatabases } from '../../tools/odoo/odoo-transport.ts';
import { BraveError, searchBrave } from '../../tools/web/brave-search.ts';
import { type Credentials, requireAllowedAddress } from './connection-credentials.ts';

/** Asks the other side of a connection; nothing is stored. */
export interface ConnectionProbe {
  /** @throws AppError 400 for an address that Pinchy does not dial */
  requireAddress(credentials: Credentials): Promise<void>;
  /** Whether it lets us in, and its version. */
  test(credentials: Credentials): Promise<TestAnswer>;
  /** What there is and what its user may do; `models` is null where there are none. @throws AppError `provider_rejected` */
  discover(credentials: Credentials): Promise<{ version: string; models: DiscoveredModel[] | null }>;
  /** @throws AppError 400, `provider_rejected` */
  databases(url: string): Promise<string[]>;
}

export function createConnectionProbe({
  odoo,
  braveApiUrl,
}: {
  odoo: OdooConnector;
  braveApiUrl: string;
}): ConnectionProbe {
  async function requireAddress({ type, values }: Credentials): Promise<void> {
    if (type === 'odoo') await requireAllowedAddress(values.url, odoo.policy);
  }

  /** Signs in and returns the version. Throws OdooError or BraveError. */
  async function probe({ type, values }: Credentials): Promise<string> {
    if (type === 'web-search') {
      await searchBrave({ query: 'pinchy', count: 1, page: 0 }, { apiKey: values.apiKey, baseUrl: braveApiUrl });
      return 'Brave Search API';
    }
    const client = await odoo.connect(values);
    const { login } = await client.whoAmI();
    if (login !== undefined && login.toLowerCase() !== values.login.toLowerCase()) {
      throw new OdooError('credentials', 'The API key belongs to another user than the one that was entered.');
    }
    return client.version.text;
  }

  async function test(credentials: Credentials): Promise<TestAnswer> {
    try {
      return { success: true, version: await probe(credentials) };
    } catch (error) {
      if (error instanceof OdooError || error instanceof BraveError) return { success: false, error: error.message };
      throw error;
    }
  }

  return {
    requireAddress,
    test,
    discover: (credentials) =>
      orReject(async () => {
        const version = await probe(credentials);
        if (credentials.type !== 'odoo') return { version, models: null };
        const client = await odoo.connect(credentials.values);
        return { version: client.version.text, models: await discoverModels(client) };
      }),
    async databases(url) {
      await requireAllowedAddress(url, odoo.policy, 'url');
      return orReject(() => listDatabases(url, odoo.policy));
    },
  };
}

/** The other side's refusal as an answer that a person can act on. */
async function orReject<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OdooError || error instanceof BraveError) {
      throw new AppError('provider_rejected', error.message, { cause: error });
    }
    throw error;
  }
}
