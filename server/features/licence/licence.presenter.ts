import type { EnterpriseStatus } from '../../../contract/enterprise.ts';
import { isLive, type LicenceFacts } from './licence.policy.ts';

type PresentedLicence = LicenceFacts & { type: 'trial' | 'paid'; org: string };

/** When a licence ends, as text; null for one that never does. */
export const presentExpiry = ({ exp }: Pick<LicenceFacts, 'exp'>): string | null =>
  exp === undefined ? null : new Date(exp * 1_000).toISOString();

export function presentLicence(
  claims: PresentedLicence | undefined,
  { seatsUsed, managedByEnv, now }: { seatsUsed: number; managedByEnv: boolean; now: number },
): EnterpriseStatus {
  const exp = claims?.exp;
  return {
    enterprise: claims !== undefined && isLive(claims, now),
    type: claims?.type ?? null,
    org: claims?.org ?? null,
    expiresAt: claims ? presentExpiry(claims) : null,
    daysRemaining: exp === undefined ? null : Math.max(0, Math.ceil((exp * 1_000 - now) / 86_400_000)),
    managedByEnv,
    seatsUsed,
    maxUsers: claims?.maxUsers ?? 0,
  };
}
