import { exportSPKI, generateKeyPair, SignJWT } from 'jose';

export interface LicenceClaims {
  iss?: string;
  type?: string;
  org?: string;
  maxUsers?: number;
  /** Seconds since 1970. */
  exp?: number;
}

export interface LicenceKeys {
  /** PEM, for PINCHY_LICENSE_PUBLIC_KEY. */
  publicKey: string;
  /** A licence key; a paid one without limits unless the claims say otherwise. */
  sign(claims?: LicenceClaims): Promise<string>;
}

/** A vendor's pair of keys, made for one test file. */
export async function createLicenceKeys(): Promise<LicenceKeys> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  return {
    publicKey: await exportSPKI(publicKey),
    sign: (claims = {}) =>
      new SignJWT({ iss: 'pinchy', type: 'paid', org: 'Acme', maxUsers: 0, ...claims })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuedAt()
        .sign(privateKey),
  };
}

export const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
