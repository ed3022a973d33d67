import './plain-issues.ts';
import * as z from 'zod';
import { passwordLength } from './password.ts';

export const idSchema = z.uuid();

/** ISO 8601 in UTC with milliseconds, such as `2026-01-31T09:05:00.000Z`. */
export const dateTimeSchema = z.string().meta({ format: 'date-time' });

export const successSchema = z.object({ success: z.literal(true) });

export const idParams = z.object({ id: idSchema });

/** Stable codes where a client must branch; the sentence in `error` is for people. */
export const errorCodes = [
  'invalid_request',
  'unauthenticated',
  'wrong_password',
  'forbidden',
  'origin_forbidden',
  'domain_locked',
  'licence_required',
  'seat_limit',
  'not_found',
  'method_not_allowed',
  'request_timeout',
  'gone',
  'conflict',
  'already_exists',
  'setup_complete',
  'telegram_not_configured',
  'payload_too_large',
  'unsupported_media_type',
  'rate_limited',
  'storage_full',
  'provider_rejected',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export const errorSchema = z
  .object({
    error: z.string().meta({ description: 'A sentence a person can act on' }),
    code: z.string().optional(),
    requestId: z.string().optional(),
    details: z
      .object({
        fieldErrors: z.record(z.string(), z.array(z.string())).optional(),
        reason: z.string().optional().meta({ description: 'The same as a word, where one code has several sentences' }),
      })
      .optional(),
  })
  .meta({ id: 'Error' });
export type ErrorAnswer = z.infer<typeof errorSchema>;

export const roleSchema = z.enum(['admin', 'member']);
export type Role = z.infer<typeof roleSchema>;

export const nameSchema = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(100, 'A name has at most 100 characters.')
  .refine((name) => !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(name), 'A name has no control characters.');

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'An e-mail address has at most 254 characters.')
  .pipe(z.email('Enter an e-mail address such as ada@example.com.'));

export const newPasswordSchema = z
  .string()
  .min(passwordLength.min, `A password has at least ${passwordLength.min} characters.`)
  .max(passwordLength.max, `A password has at most ${passwordLength.max} characters.`);

/** At most 16,000 characters of Markdown; NUL is refused because PostgreSQL cannot store it. */
export const contextContentSchema = z
  .string()
  .max(16_000, 'A context holds at most 16,000 characters.')
  .refine((content) => !content.includes('\0'), 'Text must not contain NUL characters.');

/** A whole number in a query string. */
export const queryInteger = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, 'Give a whole number.')
    .transform(Number)
    .pipe(z.int().min(minimum).max(maximum));
