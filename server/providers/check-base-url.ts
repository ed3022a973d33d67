import {
  ForbiddenAddressError,
  portOf,
  resolveAllowed,
  UnknownHostError,
  type Resolve,
} from '../platform/address-guard.ts';
import { ollamaAddressPolicy, plainBaseUrl } from './plain-base-url.ts';
import { ProviderError } from './provider-error.ts';

/**
 * The base URL of a local Ollama in its plain form, after a look-up of its host.
 * Throws a ProviderError when it is none, holds credentials, or its host has a link-local (metadata) address.
 * The look-up is for an early, clear answer; connections check the address they dial again.
 */
export async function requireBaseUrl(value: string, resolve?: Resolve): Promise<string> {
  try {
    const url = plainBaseUrl(value);
    const parsed = new URL(url);
    await resolveAllowed(parsed.hostname, { ...ollamaAddressPolicy, resolve }, portOf(parsed));
    return url;
  } catch (error) {
    if (error instanceof ForbiddenAddressError || error instanceof UnknownHostError) {
      throw new ProviderError('provider_unavailable', 'ollama-local', error.message, { cause: error });
    }
    throw error;
  }
}
