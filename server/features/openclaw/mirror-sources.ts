import type { Database } from '../../db/client.ts';
import { baseUrlOf, type ProviderRoots } from '../../providers/provider.ts';
import type { MirroredProvider, MirrorSources } from '../../runtime/openclaw/gateway-mirror.ts';
import { listAgents } from './mirrored-agent.queries.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import type { ContextService } from '../settings/context.service.ts';

/** What a gateway is given: read from the database at each comparison. */
export function createMirrorSources(options: {
  db: Database;
  contexts: ContextService;
  providers: ProviderService;
  roots: ProviderRoots;
  toolIds: readonly string[];
}): MirrorSources {
  const { db, contexts, providers, roots, toolIds } = options;
  return {
    toolIds,
    async listAgents() {
      const [rows, organisation] = await Promise.all([listAgents(db), contexts.organisation()]);
      return rows.map(({ id, name, model, personality, instructions, ownContext }) => ({
        id,
        name,
        model,
        files: { 'SOUL.md': personality, 'AGENTS.md': instructions, 'USER.md': ownContext ?? organisation },
      }));
    },
    async listProviders() {
      const [all, models] = await Promise.all([providers.list(), providers.listModelTraits()]);
      const configured = all.filter((one) => one.configured).map((one) => one.provider);
      const mirrored = await Promise.all(
        configured.map(async (provider): Promise<MirroredProvider | undefined> => {
          const credential = await providers.findCredential(provider);
          if (!credential) return undefined;
          const offered = models.filter((model) => model.provider === provider);
          return {
            provider,
            baseUrl: baseUrlOf(provider, credential, roots),
            apiKey: credential.apiKey,
            models: offered,
          };
        }),
      );
      return mirrored.filter((one) => one !== undefined);
    },
  };
}
