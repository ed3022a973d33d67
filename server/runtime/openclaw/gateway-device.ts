import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto';
import type { DeviceIdentity } from '@openclaw/gateway-client';

/**
 * The key pair by which a gateway on another host knows this Pinchy, once somebody approved it there.
 * OpenClaw, docs/gateway/protocol/auth: Ed25519, named by the SHA-256 of its raw public key.
 */
export interface GatewayDevice {
  identity: DeviceIdentity;
  /** The raw public key in base64url. */
  publicKey: string;
  /** The signature in base64url. */
  sign(payload: string): string;
}

/** An Ed25519 private key in PKCS #8 is this and its 32 bytes (RFC 8410, section 7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * @param secret ENCRYPTION_KEY: the pair is derived from it with HKDF-SHA256, so that all replicas, and one that was restored
 *   from a backup, are the same device.
 */
export function createGatewayDevice(secret: string): GatewayDevice {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'pinchy openclaw device', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return {
    identity: {
      deviceId: createHash('sha256').update(raw).digest('hex'),
      privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    },
    publicKey: raw.toString('base64url'),
    sign: (payload) => sign(null, Buffer.from(payload), privateKey).toString('base64url'),
  };
}
