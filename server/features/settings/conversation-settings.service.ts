import { type ConversationSettings, conversationSettingsSchema } from '../../../contract/settings.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { settingKeys } from './setting-keys.ts';
import type { SettingService } from './setting.service.ts';

/** What holds for everybody's conversations. */
export interface ConversationSettingsService {
  read(): Promise<ConversationSettings>;
  save(actor: Actor, changed: ConversationSettings): Promise<ConversationSettings>;
}

const defaults: ConversationSettings = { modelTitles: true };

export function createConversationSettingsService(options: {
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
}): ConversationSettingsService {
  const { signals, audit, settings } = options;

  async function read(tx?: Transaction): Promise<ConversationSettings> {
    const stored = await settings.find(settingKeys.conversations, tx);
    return stored === undefined ? defaults : conversationSettingsSchema.parse({ ...defaults, ...JSON.parse(stored) });
  }

  return {
    read: () => read(),
    async save(actor, changed) {
      await signals.transaction(actor, async (tx) => {
        const before = await read(tx);
        if (before.modelTitles === changed.modelTitles) return;
        await settings.write(tx, settingKeys.conversations, JSON.stringify(changed));
        const changes = { modelTitles: { from: before.modelTitles, to: changed.modelTitles } };
        await audit.record(tx, {
          eventType: 'settings.conversations_updated',
          actor: { type: 'user', id: actor.userId },
          detail: { changes },
        });
      });
      return read();
    },
  };
}
