import {
  ForbiddenAddressError,
  parseAllowedUrl,
  resolveAllowed,
  UnknownHostError,
  type Resolve,
} from '../platform/address-guard.ts';
import { ProviderError } from './provider-error.ts';

/** Local Ollama may live anywhere a person's network reaches, except where clouds keep their machines' credentials. */
export const ollamaAddressPolicy = { allowPrivate: true };

/**
 * The base URL of a local Ollama in its plain form: no slash, `/api` or `/v1` at the end.
 * Throws a ProviderError when it is none, holds credentials, or its host has a link-local (metadata) address.
 * The look-up here is for an early, clear answer; connections check the address they dial again.
 */
export async function requireBaseUrl(value: string, resolve?: Resolve): Promise<string> {
  const policy = { ...ollamaAddressPolicy, resolve };
  try {
    // People type `localhost:11434`, which is a valid URL with the scheme `localhost`.
    const url = parseAllowedUrl(
      /^[a-z][a-z0-9+.-]*:\/\//i.test(value.trim()) ? value.trim() : `http://${value.trim()}`,
      policy,
    );
    if (url.search || url.hash) throw new ForbiddenAddressError('The address must not have a ? or # part.');
    await resolveAllowed(url.hostname, policy);
    return `${url.origin}${url.pathname}`.replace(/(\/+(api|v1))?\/+$|\/(api|v1)$/, '');
  } catch (error) {
    if (error instanceof ForbiddenAddressError || error instanceof UnknownHostError) {
      throw new ProviderError('provider_unavailable', 'ollama-local', error.message, { cause: error });
    }
    throw error;
  }
}
