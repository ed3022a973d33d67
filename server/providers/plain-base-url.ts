import { ForbiddenAddressError, parseAllowedUrl } from '../platform/address-guard.ts';

/** Local Ollama may live anywhere a person's network reaches, except where clouds keep their machines' credentials. */
export const ollamaAddressPolicy = { allowPrivate: true };

/**
 * What a person typed as Ollama's address in its plain form: with a scheme, without a slash, `/api` or `/v1` at the end.
 * Throws ForbiddenAddressError when it is none, or holds credentials or a link-local (metadata) address.
 */
export function plainBaseUrl(value: string): string {
  const typed = value.trim();
  // `localhost:11434` is what people type, and a valid URL with the scheme `localhost`.
  const url = parseAllowedUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`, ollamaAddressPolicy);
  if (url.search || url.hash) throw new ForbiddenAddressError('The address must not have a ? or # part.');
  return `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '').replace(/(?<!\/)\/+(api|v1)$/, '');
}
