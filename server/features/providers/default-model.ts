import type { ProviderId } from '../../../contract/providers.ts';
import { invalidField } from '../../platform/errors.ts';
import { chooseDefaultModel, fullModelId, type ModelInfo, providerNames } from '../../providers/provider.ts';

/** What new agents get: the model that an admin chose as long as it is offered, else the one that Pinchy prefers. */
export function preferredModel(
  provider: ProviderId,
  models: ModelInfo[],
  chosen: string | undefined | null,
): string | null {
  const model = models.find(({ id }) => id === chosen) ?? chooseDefaultModel(provider, models);
  return model ? fullModelId(provider, model.id) : null;
}

/**
 * The provider's own id of a model to be chosen; null for none, undefined where nothing is said.
 * @throws AppError 400 for one that is not offered
 */
export function chosenModel(
  provider: ProviderId,
  models: readonly ModelInfo[],
  asked: string | null | undefined,
): string | null | undefined {
  if (asked === null || asked === undefined) return asked;
  const id = asked.startsWith(`${provider}/`) ? asked.slice(provider.length + 1) : asked;
  const model = models.find((each) => each.id === id) ?? models.find((each) => each.id === asked);
  if (!model) throw invalidField('defaultModel', `${providerNames[provider]} does not offer this model.`);
  return model.id;
}
