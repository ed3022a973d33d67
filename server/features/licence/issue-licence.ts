import { generateKeyPairSync } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import type { LicenceClaims } from './licence.service.ts';

/** An Ed25519 key pair in PEM: PKCS #8 and SPKI. */
export function makeLicenceKeys(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

export interface LicenceTerms {
  org: string;
  /** 0 is unlimited. */
  seats: number;
  /** Undefined: it never expires. */
  days?: number | undefined;
  trial?: boolean | undefined;
}

/** Signs a licence key with EdDSA. Throws when the PEM is not a private Ed25519 key. */
export async function issueLicence(privateKeyPem: string, terms: LicenceTerms, now = new Date()): Promise<string> {
  const key = await importPKCS8(privateKeyPem, 'EdDSA');
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const claims: LicenceClaims = {
    iss: 'pinchy',
    type: terms.trial ? 'trial' : 'paid',
    org: terms.org,
    maxUsers: terms.seats,
    iat: issuedAt,
    ...(terms.days !== undefined && { exp: issuedAt + Math.round(terms.days * 86_400) }),
  };
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' }).sign(key);
}
