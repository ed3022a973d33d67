import type { ProviderId } from '../../../contract/providers.ts';

/** How far somebody came with the wizard in this tab, and what they typed that is no secret. */
interface SetupProgress {
  /** The account is there, and a provider was connected or left for later. */
  done?: 'with-provider' | 'without-provider';
  name?: string;
  email?: string;
  provider?: ProviderId;
}

const key = 'pinchy-setup';

/** Nothing where nothing is kept, or the browser keeps nothing. */
export function readProgress(): SetupProgress {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

/** Keeps it for a reload of this tab. Never passwords, keys or addresses. */
export function keepProgress(change: SetupProgress): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...readProgress(), ...change }));
  } catch {
    // Without it a reload begins the step anew.
  }
}

export function forgetProgress(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}
