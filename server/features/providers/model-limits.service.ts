import type { ModelLimitsEntry, SaveModelLimitsBody } from '../../../contract/providers.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { lockWork } from '../../db/lock-work.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { invalidField } from '../../platform/errors.ts';
import { type ModelLimits, readLimits, writeLimits } from '../../providers/model-limits.ts';
import { fullModelId, type ModelInfo, parseFullModelId } from '../../providers/provider.ts';
import { presentLimits, presentUnlistedLimits } from './model-limits.presenter.ts';
import { settingKeys } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';

export interface ModelLimitsService {
  /** Every model of the configured providers, and those that limits are set for. */
  list(): Promise<ModelLimitsEntry[]>;
  /** What an admin says of the model's window and output, where they do. */
  find(fullId: string): Promise<ModelLimits>;
  /** The same models with what an admin says of them. */
  apply(models: ModelInfo[]): Promise<ModelInfo[]>;
  /** @throws AppError `invalid_request` where the output would not fit into the window */
  save(actor: Actor, body: SaveModelLimitsBody): Promise<void>;
}

export function createModelLimitsService(options: {
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
  listModels: () => Promise<ModelInfo[]>;
}): ModelLimitsService {
  const { signals, audit, settings, listModels } = options;
  const read = async () => readLimits(await settings.find(settingKeys.modelLimits));

  return {
    async list() {
      const [models, limits] = await Promise.all([listModels(), read()]);
      const listed = models.map((model) =>
        presentLimits(model, limits.get(fullModelId(model.provider, model.id)) ?? {}),
      );
      const known = new Set(listed.map(({ model }) => model));
      const others = [...limits]
        .filter(([model]) => !known.has(model) && parseFullModelId(model))
        .map(([model, set]) => presentUnlistedLimits(model, set));
      return [...listed, ...others];
    },
    find: async (fullId) => (await read()).get(fullId) ?? {},
    async apply(models) {
      const limits = await read();
      return models.map((model) => ({ ...model, ...limits.get(fullModelId(model.provider, model.id)) }));
    },
    async save(actor, { model, contextWindow, maxOutput }) {
      if (!parseFullModelId(model)) throw invalidField('model', 'This is no model of a provider that Pinchy knows.');
      if (contextWindow !== null && maxOutput !== null && maxOutput >= contextWindow) {
        throw invalidField('maxOutput', 'An answer has to fit into the context window, beside what was asked.');
      }
      await signals.transaction(actor, async (tx) => {
        await lockWork(tx, 'model limits');
        const limits = readLimits(await settings.find(settingKeys.modelLimits, tx));
        const before = limits.get(model) ?? {};
        const changes = differences(before, { contextWindow, maxOutput });
        if (Object.keys(changes).length === 0) return;
        const after = { ...(contextWindow && { contextWindow }), ...(maxOutput && { maxOutput }) };
        if (Object.keys(after).length === 0) limits.delete(model);
        else limits.set(model, after);
        if (limits.size === 0) await settings.remove(tx, settingKeys.modelLimits);
        else await settings.write(tx, settingKeys.modelLimits, writeLimits(limits));
        await audit.record(tx, {
          eventType: 'provider.limits_updated',
          actor: { type: 'user', id: actor.userId },
          resource: `setting:${settingKeys.modelLimits}`,
          detail: { name: model, changes },
        });
      });
    },
  };
}

function differences(before: ModelLimits, after: Pick<SaveModelLimitsBody, 'contextWindow' | 'maxOutput'>) {
  const keys = ['contextWindow', 'maxOutput'] as const;
  return Object.fromEntries(
    keys.flatMap((key) => {
      const from = before[key] ?? null;
      return from === after[key] ? [] : [[key, { from, to: after[key] }]];
    }),
  );
}
