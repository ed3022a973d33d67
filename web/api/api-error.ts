import type { ErrorAnswer } from '../../contract/common.ts';
import { sayInLanguage } from '../sentences/sentences.ts';
import { hasText, translate } from '../texts/language.ts';
import type { TextKey } from '../texts/translate.ts';
import { fieldSentence } from './field-sentence.ts';

interface ApiErrorFields {
  status: number;
  code: string;
  message: string;
  fieldErrors?: Record<string, string[]> | undefined;
  reason?: string | undefined;
  requestId?: string | undefined;
  retryAfter?: number | undefined;
}

/** An answer that was no success, or (status 0, code `network`) no answer at all. `message` is a sentence for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fieldErrors: Record<string, string[]>;
  /** The message as a word, where the code has several. */
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
  /** Seconds to wait before another try. */
  readonly retryAfter: number | undefined;

  constructor(fields: ApiErrorFields) {
    super(fields.message);
    this.name = 'ApiError';
    this.status = fields.status;
    this.code = fields.code;
    this.fieldErrors = fields.fieldErrors ?? {};
    this.reason = fields.reason;
    this.requestId = fields.requestId;
    this.retryAfter = fields.retryAfter;
  }
}

/** What the server refused with, its sentences in the person's language. */
export async function errorOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const fields = { status: response.status, retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined };
  try {
    const answer = (await response.json()) as ErrorAnswer;
    const fieldErrors = await sayFieldErrors(answer.details?.fieldErrors);
    return new ApiError({
      ...fields,
      code: answer.code ?? 'unknown',
      message: fieldSentence(answer, fieldErrors, labelOf) ?? (await sayInLanguage(answer.error)),
      fieldErrors,
      reason: answer.details?.reason,
      requestId: answer.requestId,
    });
  } catch {
    // Something between us and the server answered, a proxy for instance.
    return new ApiError({
      ...fields,
      code: 'unavailable',
      message: translate('errors.status', { status: response.status }),
    });
  }
}

/** Words for fields come with the texts of pages. */
function labelOf(field: string): string | undefined {
  const path = `trail.fields.${field}`;
  return hasText(path) ? translate(path as TextKey) : undefined;
}

async function sayFieldErrors(fieldErrors: Record<string, string[]> = {}): Promise<Record<string, string[]>> {
  const said = Object.entries(fieldErrors).map(
    async ([field, texts]) => [field, await Promise.all(texts.map(sayInLanguage))] as const,
  );
  return Object.fromEntries(await Promise.all(said));
}
