import type { Model } from '../../../contract/providers.ts';
import { fullModelId, type ModelInfo } from '../../providers/provider.ts';

export const presentModel = ({ provider, id, displayName, toolUse }: ModelInfo): Model => ({
  id: fullModelId(provider, id),
  provider,
  displayName,
  toolUse,
});
