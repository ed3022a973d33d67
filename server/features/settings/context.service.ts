import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { type PersonAuthority, withoutSession } from '../../db/authority.ts';
import { findPersonalContext, updatePersonalContext } from '../users/personal-context.ts';
import { settingKeys } from './setting-keys.ts';
import type { SettingService } from './setting.service.ts';

/** Who writes a context: the person themselves, by their session, or an agent on their behalf. */
export type ContextWriter = (Actor & { agentId?: never }) | { userId: string; agentId: string };

export interface ContextService {
  organisation(): Promise<string>;
  personal(userId: string): Promise<string>;
  saveOrganisation(writer: ContextWriter, content: string): Promise<void>;
  savePersonal(writer: ContextWriter, content: string): Promise<void>;
}

export function createContextService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
}): ContextService {
  const { db, signals, audit, settings } = options;
  const actorOf = (writer: ContextWriter) =>
    writer.agentId ? ({ type: 'agent', id: writer.agentId } as const) : ({ type: 'user', id: writer.userId } as const);

  /** Whatever wrote it for them, a person may only write what they may write themselves. */
  const authorityOf = (writer: ContextWriter, access: PersonAuthority['access']): PersonAuthority =>
    writer.agentId === undefined ? writer : { ...withoutSession(writer.userId), access };

  return {
    organisation: async () => (await settings.find(settingKeys.organisationContext)) ?? '',
    personal: (userId) => findPersonalContext(db, userId),
    async saveOrganisation(writer, content) {
      await signals.transaction(authorityOf(writer, 'admin'), async (tx) => {
        const before = (await settings.find(settingKeys.organisationContext, tx)) ?? '';
        if (before === content) return;
        await settings.write(tx, settingKeys.organisationContext, content);
        await audit.record(tx, {
          eventType: 'settings.context_updated',
          actor: actorOf(writer),
          detail: { fromCharacters: before.length, toCharacters: content.length },
        });
      });
    },
    async savePersonal(writer, content) {
      const change = async (tx: Transaction) => {
        const before = await findPersonalContext(tx, writer.userId);
        if (before === content) return;
        await updatePersonalContext(tx, writer.userId, content);
        await audit.record(tx, {
          eventType: 'user.context_updated',
          actor: actorOf(writer),
          resource: `user:${writer.userId}`,
          detail: {
            fromCharacters: before.length,
            toCharacters: content.length,
            by: writer.agentId ? 'agent' : 'self',
          },
        });
        signals.signal(tx, { kind: 'user', userId: writer.userId });
      };
      await signals.transaction(authorityOf(writer, 'user'), change, { userIds: [writer.userId] });
    },
  };
}
