import type { Logger } from '../../platform/logger.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import { type ModelInfo, parseFullModelId, type ProviderRoots } from '../../providers/provider.ts';
import type { GiveWay } from '../../providers/streams/read-text.ts';
import type { ResolvedModel } from '../../runtime/native/native-runtime.ts';
import type { ProviderService } from './provider.service.ts';

/** Thrown when the provider of an agent's model was removed. */
export class NoProvider extends Error {
  override name = 'NoProvider';
  readonly code = 'no_provider';
  readonly retryable = false;
}

/**
 * Makes the model of a run from the credential of that moment. What the model can do comes from the provider's list;
 * where that does not answer, the run goes on as if the model could use tools and could not see.
 */
export function createModelResolver(
  { providers, roots, log }: { providers: ProviderService; roots: ProviderRoots; log: Logger },
  giveWay: GiveWay,
) {
  return async function resolveModel(fullId: string): Promise<ResolvedModel> {
    const reference = parseFullModelId(fullId);
    const credential = reference && (await providers.findCredential(reference.provider));
    if (!reference || !credential) {
      throw new NoProvider('The provider of this agent’s model is not configured. An admin can choose another model.');
    }
    const [info, limits] = await Promise.all([findModel(fullId), providers.limits.find(fullId)]);
    const contextWindow = limits.contextWindow ?? info?.contextWindow ?? null;
    // The adapters take memory that a server which answers nobody has no use for.
    const { createLanguageModel } = await import('../../providers/create-model.ts');
    return {
      model: createLanguageModel(fullId, credential, roots, { contextWindow, giveWay }),
      provider: reference.provider,
      contextWindow,
      maxOutput: limits.maxOutput ?? info?.maxOutput ?? null,
      vision: info?.vision ?? false,
      toolUse: info?.toolUse ?? true,
    };
  };

  async function findModel(fullId: string): Promise<ModelInfo | undefined> {
    try {
      return await providers.findModelForRun(fullId);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      log.warn({ model: fullId, reason: error.message }, 'the model list did not answer');
      return undefined;
    }
  }
}
