import { createGuardedFetch } from '../platform/safe-fetch.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { ollamaAddressPolicy } from './plain-base-url.ts';

/** Loading a large model and reading a long prompt can keep a local Ollama silent for minutes. */
export const localFetch = boundedFetch(createGuardedFetch({ ...ollamaAddressPolicy, silenceMs: 15 * 60_000 }));

/** Redirects come back as errors: followed ones would carry keys in headers that `fetch` does not know to drop. */
export const cloudFetch = boundedFetch((input, init) => fetch(input, { ...init, redirect: 'manual' }));
