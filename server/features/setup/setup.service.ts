import type * as z from 'zod';
import type { setupProviderBody } from '../../../contract/providers.ts';
import type { setupBody, setupStatusSchema } from '../../../contract/setup.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Config } from '../../config.ts';
import { systemAuthority } from '../../db/authority.ts';
import { lockWork } from '../../db/lock-work.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import type { Asker } from '../../http/asker.ts';
import { AppError } from '../../platform/errors.ts';
import type { AuthAnswer, AuthService } from '../auth/auth.service.ts';
import { hashPassword, requireUncommonPassword } from '../auth/password.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import type { AccountService } from '../users/account.service.ts';

export interface SetupService {
  status(): Promise<z.input<typeof setupStatusSchema>>;
  /** Makes the first admin and signs them in. @throws AppError 409 once anybody has an account */
  setUp(body: z.output<typeof setupBody>, asker: Asker & { userAgent: string }): Promise<AuthAnswer>;
  /** @throws AppError 409 once a provider is configured */
  saveFirstProvider(actor: Actor, body: z.output<typeof setupProviderBody>): Promise<void>;
}

export function createSetupService(options: {
  config: Pick<Config, 'demo'>;
  signals: Signals;
  audit: AuditTrail;
  accounts: AccountService;
  auth: AuthService;
  providers: ProviderService;
}): SetupService {
  const { signals, audit, accounts, auth, providers, config } = options;
  const requireOpen = (isTaken: boolean) => {
    if (isTaken) throw new AppError('setup_complete', 'Pinchy is set up already. Sign in instead.');
  };

  return {
    async status() {
      const { demo } = config;
      return {
        setupComplete: await accounts.exist(),
        providerConfigured: await providers.isAnyConfigured(),
        ...(demo && { demo }),
      };
    },
    async setUp({ name, email, password }, { userAgent, ...asker }) {
      await requireUncommonPassword(password, 'password');
      requireOpen(await accounts.exist());
      const passwordHash = await hashPassword(password, asker);
      await signals.transaction(systemAuthority, async (tx) => {
        await lockWork(tx, 'setup');
        requireOpen(await accounts.exist(tx));
        const admin = await accounts.create(tx, { name, email, role: 'admin', passwordHash, model: null });
        await audit.record(tx, {
          eventType: 'setup.completed',
          actor: { type: 'user', id: admin.id },
          resource: `user:${admin.id}`,
          detail: { name, ...audit.emailReference(email) },
        });
      });
      return auth.signIn({ email, password, ipAddress: asker.address, userAgent });
    },
    saveFirstProvider: (actor, body) => providers.save(actor, body, { onlyFirst: true }),
  };
}
