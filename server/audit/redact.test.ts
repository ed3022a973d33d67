import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { referToEmail } from './email-reference.ts';
import { redactText } from './redact.ts';
import { safeDetail, safeText } from './safe-detail.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const word = (minLength: number, maxLength = minLength + 20) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength, maxLength });

/** Each gives the text as it may appear, and the part that must never enter. */
const planted = fc.oneof(
  fc
    .constantFrom('sk-', 'sk-ant-api03-', 'sk-proj-', 'sk_live_', 'gsk_', 'xai-')
    .chain((start) => word(20).map((rest) => [start + rest, rest])),
  word(35, 40).map((rest) => [`AIza${rest}`, rest]),
  fc
    .tuple(fc.integer({ min: 100_000_000, max: 9_999_999_999 }), word(35, 35))
    .map(([bot, rest]) => [`${bot}:${rest}`, rest]),
  fc.tuple(word(10), word(20), word(30)).map(([head, body, end]) => [`eyJ${head}.eyJ${body}.${end}`, end]),
  word(12).map((rest) => [`Authorization: Bearer ${rest}`, rest]),
  word(12).map((rest) => [`"authorization":"${rest}"`, rest]),
  word(10).map((rest) => [
    `Basic ${Buffer.from(`user:${rest}`).toString('base64')}`,
    Buffer.from(`user:${rest}`).toString('base64'),
  ]),
  word(8).map((rest) => [`password=${rest}`, rest]),
  word(8).map((rest) => [`https://admin:${rest}@db.example/x`, rest]),
  word(8).map((rest) => [`https://host/path?api_key=${rest}&x=1`, rest]),
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => {
    const token = Buffer.from(bytes).toString('base64url');
    return [token, token];
  }),
  word(60).map((rest) => [`-----BEGIN PRIVATE KEY-----\n${rest}\n-----END PRIVATE KEY-----`, rest]),
) as fc.Arbitrary<[shown: string, secret: string]>;

const surroundings = fc.constantFrom('', 'failed: ', 'The provider said ', '{"error": "', '(', 'Grüße, ', '\n');
const address = fc
  .tuple(word(3), word(3), fc.constantFrom('com', 'de', 'example', 'рф'))
  .map(([local, domain, top]) => `${local}@${domain}.${top}`);

describe('what enters the trail', () => {
  it('holds no secret, wherever it was planted', () => {
    fc.assert(
      fc.property(planted, surroundings, fc.nat(3), ([shown, secret], before, place) => {
        const text = `${before}${shown} `;
        const details = [
          { text },
          { changes: { name: { from: null, to: [text] } } },
          { [text]: 1 },
          { a: { b: [{ c: text }] } },
        ];
        expect(safeDetail(details[place] ?? {})).not.toContain(secret);
        expect(safeText(text)).not.toContain(secret);
      }),
      { numRuns: 1_000 },
    );
  });

  it('holds nothing that stands under the name of a secret, but keeps counts', () => {
    const secret = { password: 'plain', apiKey: ['one'], nested: { botToken: { value: 'two' }, clientSecret: 12_345 } };
    const stored = safeDetail({ ...secret, inputTokens: 7, headers: { Authorization: 'three', cookie: 'four' } });
    for (const value of ['plain', 'one', 'two', '12345', 'three', 'four']) expect(stored).not.toContain(`"${value}"`);
    expect(stored).not.toContain('12345');
    expect(JSON.parse(stored)).toMatchObject({ inputTokens: 7 });
  });

  it('holds real tokens of ours as marks only', async () => {
    const jwt = await new SignJWT({ iss: 'pinchy' }).setProtectedHeader({ alg: 'HS256' }).sign(randomBytes(32));
    expect(redactText(`licence ${jwt} was refused`)).toBe('licence [redacted] was refused');
    expect(redactText(`/invite/${randomBytes(32).toString('base64url')}`)).toBe('/invite/[redacted]');
  });

  it('shows an e-mail address as a preview only', () => {
    fc.assert(
      fc.property(address, surroundings, (email, before) => {
        const stored = safeText(`${before}${email}, again: <${email}> mailto:${encodeURIComponent(email)}`);
        expect(stored).not.toContain(email);
        expect(stored).not.toContain(email.split('@')[0] + '@');
        expect(stored).toContain(`${email[0]}…@`);
      }),
    );
  });

  it('is the same when redacted twice', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            planted.map(([shown]) => shown),
            address,
            fc.string(),
          ),
        ),
        (parts) => {
          const once = redactText(parts.join(' '));
          expect(redactText(once)).toBe(once);
        },
      ),
    );
  });

  it.each([
    'The password is incorrect.',
    'Read 120 lines of /data/handbook/Basic training.pdf',
    '0b1f7c9e-8f2b-4d53-9a45-0d1f3f6f2a11',
    'openai_api_key',
    'max_tokens is 4096; input tokens 12',
    'ollama/llama3.2:latest',
    'http://localhost:11434/v1',
  ])('leaves ordinary words alone: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('takes no longer than a moment for hostile text', () => {
    const start = process.threadCpuUsage();
    for (const part of [
      'a',
      'a.',
      '@',
      'a@',
      '1:',
      'eyJ',
      'eyJa.',
      '"',
      'sk-',
      'token=',
      '-----BEGIN PRIVATE KEY-----',
      'a://',
      '%40',
      'Basic a',
    ]) {
      safeText(part.repeat(2_000_000 / part.length));
    }
    expect(process.threadCpuUsage(start).user / 1_000).toBeLessThan(3_000);
  });

  it('never keeps half a secret at the end of a text that was cut', () => {
    const stored = safeText(`${'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl '.repeat(1_024)}sk-ant-secret`);
    expect(stored).not.toMatch(/eyJ|sk-/);
  });
});

describe('a reference to an e-mail address', () => {
  it('is equal for the same address and key, whatever the case, and reveals little', () => {
    const reference = referToEmail('key', ' Ada@Example.com');
    expect(reference).toEqual(referToEmail('key', 'ada@example.com'));
    expect(reference.emailPreview).toBe('a…@e….com');
    expect(reference.emailHash).toMatch(/^[0-9a-f]{64}$/);
    expect(referToEmail('other key', 'ada@example.com').emailHash).not.toBe(reference.emailHash);
    expect(redactText(reference.emailPreview)).toBe(reference.emailPreview);
  });
});
