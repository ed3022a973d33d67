import { providerEndpoints } from '../../../contract/providers.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { ProviderService } from './provider.service.ts';

export function addProviderRoutes(add: AddEndpoint, providers: ProviderService): void {
  add(providerEndpoints.listProviders, () => providers.list());
  add(providerEndpoints.saveProvider, async ({ actor, body }) => {
    await providers.save(actor, body);
    return success;
  });
  add(providerEndpoints.deleteProvider, async ({ actor, query }) => {
    await providers.remove(actor, query.provider);
    return success;
  });
  add(providerEndpoints.checkProvider, ({ actor, body }) => providers.check(actor, body.provider));
  add(providerEndpoints.listModelLimits, async () => ({ models: await providers.limits.list() }));
  add(providerEndpoints.putModelLimits, async ({ actor, body }) => {
    await providers.limits.save(actor, body);
    return success;
  });
  add(providerEndpoints.findLocalOllama, () => providers.findLocalOllama());
  add(providerEndpoints.listModels, async () => ({ models: await providers.listModels() }));
}
