import { ApiError } from '../api/api-error.ts';
import { messageOf } from './notify.ts';

interface ErrorForm {
  values: object;
  setErrors: (errors: Record<string, string>) => void;
}

/**
 * Puts the server's messages at the fields they belong to. Returns the sentence to show above the form when some
 * message has no field, otherwise null. What was typed stays.
 */
export function showFieldErrors(form: ErrorForm, error: unknown): string | null {
  if (!(error instanceof ApiError)) return messageOf(error);
  const messages = Object.entries(error.fieldErrors).map(
    ([field, texts]) => [field, texts[0] ?? error.message] as const,
  );
  const placed = messages.filter(([field]) => field in form.values);
  form.setErrors(Object.fromEntries(placed));
  return placed.length > 0 && placed.length === messages.length ? null : error.message;
}
