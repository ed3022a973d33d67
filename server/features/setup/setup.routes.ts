import { sql } from 'drizzle-orm';
import { setupEndpoints } from '../../../contract/setup.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Signals } from '../../db/signals.ts';
import { askerOf } from '../../http/asker.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { replaceSessionCookies } from '../../http/session-cookie.ts';
import { success } from '../../http/success.ts';
import { AppError } from '../../platform/errors.ts';
import type { AuthService } from '../auth/auth.service.ts';
import { hashPassword, requireUncommonPassword } from '../auth/password.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import type { AccountService } from '../users/account.service.ts';
import type { Config } from '../../config.ts';
import { systemAuthority } from '../../db/authority.ts';

export interface SetupServices {
  config: Pick<Config, 'demo'>;
  signals: Signals;
  audit: AuditTrail;
  accounts: AccountService;
  auth: AuthService;
  providers: ProviderService;
}

export async function readSetupStatus({
  accounts,
  providers,
  config,
}: Pick<SetupServices, 'accounts' | 'providers' | 'config'>) {
  const { demo } = config;
  return {
    setupComplete: await accounts.exist(),
    providerConfigured: await providers.isAnyConfigured(),
    ...(demo && { demo }),
  };
}

export function addSetupRoutes(add: AddEndpoint, services: SetupServices): void {
  const { signals, audit, accounts, auth, providers, config } = services;
  const requireOpen = (isTaken: boolean) => {
    if (isTaken) throw new AppError('setup_complete', 'Pinchy is set up already. Sign in instead.');
  };

  add(setupEndpoints.setupStatus, () => readSetupStatus({ accounts, providers, config }));
  add(setupEndpoints.setup, async ({ body, request, reply }) => {
    await requireUncommonPassword(body.password, 'password');
    requireOpen(await accounts.exist());
    const passwordHash = await hashPassword(body.password, askerOf(request, reply));
    await signals.transaction(systemAuthority, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('pinchy setup'))`);
      requireOpen(await accounts.exist(tx));
      const admin = await accounts.create(tx, {
        name: body.name,
        email: body.email,
        role: 'admin',
        passwordHash,
        model: null,
      });
      await audit.record(tx, {
        eventType: 'setup.completed',
        actor: { type: 'user', id: admin.id },
        resource: `user:${admin.id}`,
        detail: { name: body.name, ...audit.emailReference(body.email) },
      });
    });
    const answer = await auth.signIn({
      email: body.email,
      password: body.password,
      ipAddress: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
    });
    replaceSessionCookies(request, reply, answer.cookies);
    return success;
  });
  add(setupEndpoints.setupProvider, async ({ actor, body }) => {
    await providers.save(actor, body, { onlyFirst: true });
    return success;
  });
}
