import { notFound, redirect } from '@tanstack/react-router';
import type { OwnUser } from '../../contract/users.ts';
import { uuidPattern } from '../../contract/uuid-pattern.ts';
import { queryClient } from '../api/query-client.ts';
import { readProgress } from '../features/setup/setup-progress.ts';
import { meQuery, sessionKeys, setupStatusQuery } from '../features/session/session-queries.ts';

/** Where to go after signing in: only addresses of this app. */
export function safeNext(next: unknown): string | undefined {
  if (typeof next !== 'string' || !next.startsWith('/') || next.startsWith('//') || next.includes('\\'))
    return undefined;
  return next === '/' || next.startsWith('/login') ? undefined : next;
}

async function requireSetup(): Promise<void> {
  const status = await queryClient.ensureQueryData(setupStatusQuery);
  if (!status.setupComplete) throw redirect({ to: '/setup' });
}

/** For every page inside the shell, which gets the person. */
export async function requireSignedIn({ location }: { location: { href: string } }): Promise<{ me: OwnUser }> {
  await requireSetup();
  const me = await queryClient.ensureQueryData(meQuery);
  const ended = queryClient.getQueryData<true>(sessionKeys.ended);
  if (!me) throw redirect({ to: '/login', search: { next: safeNext(location.href), ended } });
  return { me };
}

export async function requireSignedOut({ search }: { search: { next?: string | undefined } }): Promise<void> {
  await requireSetup();
  const me = await queryClient.ensureQueryData(meQuery);
  if (me) throw redirect({ href: search.next ?? '/' });
}

/** The wizard is for a new product, and for its admin until a provider is there, or they have left its last page. */
export async function requireUnfinishedSetup(): Promise<void> {
  const status = await queryClient.ensureQueryData(setupStatusQuery);
  if (!status.setupComplete) return;
  const me = await queryClient.ensureQueryData(meQuery);
  if (!me) throw redirect({ to: '/login', search: {} });
  if (me.role !== 'admin' || (status.providerConfigured && !readProgress().done)) throw redirect({ to: '/' });
}

/** A route's loader, not its `beforeLoad`: then the route itself says that it is for admins. */
export async function requireAdmin(): Promise<void> {
  const me = await queryClient.ensureQueryData(meQuery);
  if (me?.role !== 'admin') throw notFound();
}

/** A route's loader as well: what stands in the address in place of an id is no record, and nobody need be asked for it. */
export function requireId(id: string): void {
  if (!uuidPattern.test(id)) throw notFound();
}
