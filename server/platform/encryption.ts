import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface Encryption {
  /** AES-256-GCM with a fresh nonce; `context` (such as `setting:openai_api_key`) is authenticated with it. */
  encrypt(plaintext: string, context: string): string;
  /** Throws when the value was tampered with, moved to another context, or written with another key. */
  decrypt(ciphertext: string, context: string): string;
}

const version = 'v1';

/** @param secret ENCRYPTION_KEY: any string of at least 32 characters; the AES key is derived from it with HKDF-SHA256. */
export function createEncryption(secret: string): Encryption {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'pinchy encryption', 32));
  return {
    encrypt(plaintext, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [version, nonce.toString('base64url'), body.toString('base64url')].join('.');
    },
    decrypt(ciphertext, context) {
      const [writtenVersion, nonce, body] = ciphertext.split('.');
      if (writtenVersion !== version || !nonce || !body) throw new Error('This is not an encrypted value.');
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
    },
  };
}
