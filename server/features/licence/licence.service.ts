import { existsSync, readFileSync } from 'node:fs';
import { importSPKI, jwtVerify } from 'jose';
import * as z from 'zod';
import type { EnterpriseStatus } from '../../../contract/enterprise.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Executor, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, conflict, invalidField, StartError } from '../../platform/errors.ts';
import { hasFreeSeat, isLive } from './licence.policy.ts';
import { presentExpiry, presentLicence } from './licence.presenter.ts';
import { countSeats } from './licence.queries.ts';
import { settingKeys } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';

const claimsSchema = z.object({
  iss: z.literal('pinchy'),
  type: z.enum(['trial', 'paid']),
  org: z.string().min(1).max(200),
  maxUsers: z.int().min(0),
  iat: z.int(),
  exp: z.int().optional(),
});
export type LicenceClaims = z.infer<typeof claimsSchema>;

export interface LicenceService {
  status(): Promise<EnterpriseStatus>;
  /** Whether an enterprise licence is active right now; in a transaction, as that sees it. */
  isActive(tx?: Transaction): Promise<boolean>;
  install(actor: Actor, key: string): Promise<EnterpriseStatus>;
  /** Called inside a transaction that adds a user or an invite. @throws AppError 403 `seat_limit` */
  requireFreeSeat(executor: Executor): Promise<void>;
}

export function createLicenceService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
  environmentKey: string | undefined;
  publicKey: string | undefined;
}): LicenceService {
  const { db, signals, audit, settings, environmentKey } = options;
  const publicKeyPem = readPublicKey(options.publicKey);
  let parsed: { key: string; claims: LicenceClaims | undefined } | undefined;

  /** The claims of a key that this installation's public key signed, expired or not. */
  async function readClaims(key: string): Promise<LicenceClaims | undefined> {
    if (!publicKeyPem) return undefined;
    if (parsed?.key === key) return parsed.claims;
    const claims = await verifyKey(key, publicKeyPem);
    parsed = { key, claims };
    return claims;
  }

  async function current(tx?: Transaction): Promise<LicenceClaims | undefined> {
    const key = environmentKey ?? (await settings.find(settingKeys.enterpriseKey, tx));
    return key === undefined ? undefined : readClaims(key);
  }

  async function status(): Promise<EnterpriseStatus> {
    const claims = await current();
    const seatsUsed = await countSeats(db);
    return presentLicence(claims, { seatsUsed, managedByEnv: environmentKey !== undefined, now: Date.now() });
  }

  return {
    status,
    async isActive(tx) {
      const claims = await current(tx);
      return claims !== undefined && isLive(claims, Date.now());
    },
    async install(actor, key) {
      if (environmentKey !== undefined) {
        throw conflict('The licence is set by the environment variable PINCHY_ENTERPRISE_KEY. Change it there.');
      }
      if (!publicKeyPem) {
        throw invalidField('key', 'This server has no PINCHY_LICENSE_PUBLIC_KEY to check a licence key against.');
      }
      const claims = await verifyKey(key, publicKeyPem);
      if (!claims) throw invalidField('key', 'This is not a valid licence key for this server.');
      if (!isLive(claims, Date.now())) {
        throw invalidField(
          'key',
          `This licence key expired on ${new Date((claims.exp ?? 0) * 1_000).toISOString().slice(0, 10)}.`,
        );
      }
      await signals.transaction(actor, async (tx) => {
        await settings.write(tx, settingKeys.enterpriseKey, key, true);
        await audit.record(tx, {
          eventType: 'licence.updated',
          actor: { type: 'user', id: actor.userId },
          detail: {
            type: claims.type,
            org: claims.org,
            maxUsers: claims.maxUsers,
            expiresAt: presentExpiry(claims),
          },
        });
      });
      return status();
    },
    async requireFreeSeat(executor) {
      const claims = await current();
      if (claims && !hasFreeSeat(claims, await countSeats(executor))) {
        throw new AppError(
          'seat_limit',
          `Every seat of the licence is taken (${claims.maxUsers} in all). Deactivate a user, revoke an invite or get more seats.`,
        );
      }
    },
  };
}

async function verifyKey(key: string, publicKeyPem: string): Promise<LicenceClaims | undefined> {
  try {
    const publicKey = await importSPKI(publicKeyPem, 'EdDSA');
    // Expiry is judged at each use, so that an expired licence can still be named and its limits still hold.
    const { payload } = await jwtVerify(key, publicKey, { algorithms: ['EdDSA'], currentDate: new Date(0) });
    return claimsSchema.parse(payload);
  } catch {
    return undefined;
  }
}

/** @param value PEM, or the path of a file that holds it */
function readPublicKey(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const pem = value.includes('-----BEGIN')
    ? value.replaceAll('\\n', '\n')
    : existsSync(value)
      ? readFileSync(value, 'utf8')
      : '';
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) {
    throw new StartError(
      'PINCHY_LICENSE_PUBLIC_KEY must be an Ed25519 public key in PEM, or the path of a file with one.',
    );
  }
  return pem;
}
