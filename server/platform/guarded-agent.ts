import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { bareHost, portOf, type Reach, type Resolve, resolveWithin } from './address-guard.ts';

// Apart from the rules that it follows: undici takes memory that a server which fetches nothing has no use for.

export { type Agent, fetch, type RequestInit, type Response } from 'undici';

export interface GuardedAgentOptions extends Agent.Options {
  reachOf(hostname: string): Reach;
  resolve?: Resolve | undefined;
}

/**
 * A dispatcher that connects only to addresses it has checked itself: the look-up of the connection is the check,
 * so a name cannot answer one address to a check and another to the connection.
 */
export function createGuardedAgent({ reachOf: reachFor, resolve, ...options }: GuardedAgentOptions): Agent {
  const connect: buildConnector.connector = (target, callback) => {
    const check = (hostname: string) =>
      resolveWithin(hostname, { resolve, port: portOf(target), reach: reachFor(target.hostname) });
    const lookup: LookupFunction = (hostname, { all }, done) => {
      check(hostname).then(
        (addresses) => {
          if (all) done(null, addresses);
          else done(null, addresses[0]!.address, addresses[0]!.family);
        },
        (error: NodeJS.ErrnoException) => done(error, []),
      );
    };
    const dial = () => buildConnector({ timeout: 10_000, lookup })(target, callback);
    // What is written as an address is dialled without a look-up.
    if (!isIP(bareHost(target.hostname))) dial();
    else check(target.hostname).then(dial, (error: Error) => callback(error, null));
  };
  return new Agent({ ...options, connect });
}
