import { APICallError } from '@ai-sdk/provider';
import { ProviderError } from '../../providers/provider-error.ts';
import type { ModelRequest } from './model-attempt.ts';

const isAbout = /temperature|reasoning|thinking|\bthink\b|effort/i;

/** Whether a provider refused how its model is to be asked: not every list of models says who can be told how much to think. */
export function refusesSettings({ settings }: ModelRequest, failure: unknown): boolean {
  const isSet = settings !== undefined && (settings.temperature !== null || settings.reasoningEffort !== null);
  if (!isSet || !(failure instanceof ProviderError)) return false;
  const { cause } = failure;
  if (!APICallError.isInstance(cause) || (cause.statusCode !== 400 && cause.statusCode !== 422)) return false;
  return isAbout.test(cause.responseBody ?? cause.message);
}

/** What a model thinks counts within its limit, but for Anthropic's. */
export const thinksBeyondLimit = ({ provider, settings }: ModelRequest): boolean =>
  provider === 'anthropic' && (settings?.reasoningEffort ?? 'none') !== 'none';
