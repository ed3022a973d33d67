import { join } from 'node:path';
import { createAuditTrail } from './audit/audit-trail.ts';
import { auditKeysOf } from './audit/keys.ts';
import type { Config } from './config.ts';
import { connectDatabase } from './db/client.ts';
import { createReplicaWatch } from './db/replica-watch.ts';
import { createSignals } from './db/signals.ts';
import { createAuthService } from './features/auth/auth.service.ts';
import { createBetterAuth } from './features/auth/better-auth.ts';
import { createHoldAuthority } from './features/auth/hold-authority.ts';
import { createSessionService } from './features/auth/session.service.ts';
import { createTransactionScope } from './features/auth/transaction-scope.ts';
import { createLicenceService } from './features/licence/licence.service.ts';
import { createPrices } from './features/prices/prices.ts';
import { createProviderService } from './features/providers/provider.service.ts';
import { createContextService } from './features/settings/context.service.ts';
import { createConversationSettingsService } from './features/settings/conversation-settings.service.ts';
import { createDomainService } from './features/settings/domain.service.ts';
import { createSettingService } from './features/settings/setting.service.ts';
import { createUserActivity } from './features/users/activity.ts';
import { createLimiters } from './limiters.ts';
import { createPrecedence } from './platform/precedence.ts';
import { createEncryption } from './platform/encryption.ts';
import type { Logger } from './platform/logger.ts';

export type Foundation = ReturnType<typeof wireFoundation>;

/** What everything else stands on: the database and its signals, the trail, settings, limits, and who is signed in. */
export function wireFoundation(options: { config: Config; databaseUrl: string; log: Logger }) {
  const { config, databaseUrl, log } = options;
  const database = connectDatabase(databaseUrl, {
    // The error itself drags the whole client along.
    onIdleError: (error) => log.warn({ reason: error.message }, 'a database connection was lost'),
  });
  const { db } = database;
  const signals = createSignals({
    db,
    databaseUrl,
    log,
    holdAuthority: createHoldAuthority({ isActive: (tx) => licence.isActive(tx) }),
  });
  const encryption = createEncryption(config.encryptionKey);
  const audit = createAuditTrail({
    db,
    logger: log,
    anchorPath: join(config.home, 'audit-anchor.json'),
    keys: auditKeysOf(config.audit),
    redactionKey: config.authSecret,
  });

  const settings = createSettingService({ db, signals, audit, encryption });
  const contexts = createContextService({ db, signals, audit, settings });
  const conversationSettings = createConversationSettingsService({ signals, audit, settings });
  const domain = createDomainService({ signals, audit, settings });
  const licence = createLicenceService({
    ...{ db, signals, audit, settings },
    environmentKey: config.enterpriseKey,
    publicKey: config.licensePublicKey,
  });
  const replicas = createReplicaWatch({ db, log });
  const limiters = createLimiters({
    pool: database.pool,
    secret: config.authSecret,
    limits: config.limits,
    isShared: () => config.processes > 1 || replicas.areSeveral,
  });
  const { providerRoots: roots, ollamaLocalUrls } = config;
  const providers = createProviderService({
    ...{ signals, audit, settings, roots, ollamaLocalUrls, log },
    checkLimiter: limiters.providerChecks,
  });

  const prices = createPrices({ db, signals });

  const scope = createTransactionScope(db);
  const plainAuth = createBetterAuth({ db: scope.db, secret: config.authSecret, secure: false });
  const secureAuth = createBetterAuth({ db: scope.db, secret: config.authSecret, secure: true });
  const activity = createUserActivity({ db, log });
  const sessions = createSessionService({
    ...{ db, signals, auth: plainAuth },
    lockedSince: domain.lockedSince,
    onActive: activity.note,
  });
  const auth = createAuthService({
    auth: async () => ((await domain.lockedDomain()) === undefined ? plainAuth : secureAuth),
    ...{ scope, signals, audit, sessions },
    limiter: limiters.attempts,
  });
  return {
    ...{ config, databaseUrl, log, database, db, signals, encryption, audit, settings, contexts, domain, licence },
    ...{ prices, providers, replicas, limiters, sessions, auth, conversationSettings, activity },
    precedence: createPrecedence({ usual: 32, urgent: 8 }),
  };
}
