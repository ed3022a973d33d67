import type { FastifyRequest } from 'fastify';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { systemAuthority } from '../../db/authority.ts';
import type { Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { requestHost } from '../../http/security.ts';
import { AppError, invalidField } from '../../platform/errors.ts';
import { isAlwaysReachable, lockRefusal } from './domain.policy.ts';
import { settingKeys } from './setting-keys.ts';
import type { SettingService } from './setting.service.ts';

export interface DomainStatus {
  lockedDomain: string | null;
  insecureMode: boolean;
}

export interface DomainService {
  status(): Promise<DomainStatus>;
  lockedDomain(): Promise<string | undefined>;
  /** Since when a domain is locked; the beginning of time where that is not known. Undefined while none is. */
  lockedSince(): Promise<Date | undefined>;
  /** Locks to the host that the request itself came over, or clears the lock. */
  set(actor: Actor, lockedDomain: string | null, request: FastifyRequest): Promise<DomainStatus>;
  /** Clears the lock for whoever has the server's shell; returns the domain that was locked. */
  resetFromShell(): Promise<string | undefined>;
  /** Returns the locked domain, if any. @throws AppError 403 when the request came over another host */
  requireAllowedHost(request: FastifyRequest): Promise<string | undefined>;
}

export function createDomainService(options: {
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
}): DomainService {
  const { signals, audit, settings } = options;
  const lockedDomain = () => settings.find(settingKeys.lockedDomain);

  async function unlock(tx: Transaction): Promise<void> {
    await settings.remove(tx, settingKeys.lockedDomain);
    await settings.remove(tx, settingKeys.lockedSince);
  }

  async function status(): Promise<DomainStatus> {
    const locked = await lockedDomain();
    return { lockedDomain: locked ?? null, insecureMode: locked === undefined };
  }

  return {
    status,
    lockedDomain,
    async lockedSince() {
      if ((await lockedDomain()) === undefined) return undefined;
      return new Date((await settings.find(settingKeys.lockedSince)) ?? 0);
    },
    async set(actor, domain, request) {
      const before = (await lockedDomain()) ?? null;
      const { protocol } = request;
      const refusal = domain === null ? undefined : lockRefusal({ protocol, host: requestHost(request) }, domain);
      if (refusal !== undefined) throw invalidField('lockedDomain', refusal);
      if (before === domain) return status();
      await signals.transaction(actor, async (tx) => {
        if (domain === null) await unlock(tx);
        else {
          await settings.write(tx, settingKeys.lockedDomain, domain);
          await settings.write(tx, settingKeys.lockedSince, new Date().toISOString());
        }
        await audit.record(tx, {
          eventType: 'settings.domain_updated',
          actor: { type: 'user', id: actor.userId },
          detail: { from: before, to: domain },
        });
      });
      return status();
    },
    async resetFromShell() {
      const before = await lockedDomain();
      if (before === undefined) return undefined;
      await signals.transaction(systemAuthority, async (tx) => {
        await unlock(tx);
        await audit.record(tx, {
          eventType: 'settings.domain_updated',
          actor: { type: 'system' },
          detail: { from: before, to: null },
        });
      });
      return before;
    },
    async requireAllowedHost(request) {
      const path = request.url.split('?')[0] ?? '';
      const isReachable = isAlwaysReachable(path);
      const locked = await lockedDomain().catch((error: unknown) => {
        // A probe must hear that the database is gone, and not fail itself for that reason.
        if (isReachable) return undefined;
        throw error;
      });
      if (locked === undefined || isReachable || requestHost(request) === locked) return locked;
      throw new AppError('domain_locked', `Pinchy is locked to https://${locked}. Open it there.`);
    },
  };
}
