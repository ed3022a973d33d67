import { isIP } from 'node:net';
import type { PluginConfig, PluginConfigChanges } from '../../../contract/agents.ts';
import { invalidField } from '../../platform/errors.ts';
import { classifyAddress, isThisMachine } from '../../platform/classify-address.ts';

/** A configuration after a change: keys that it does not name stay, null removes one. */
export function changePluginConfig(before: PluginConfig, changes: PluginConfigChanges): PluginConfig {
  const next = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(next);
}

/** @throws AppError 400 for what no agent may read whoever names it. What a name leads to is checked when it is dialled. */
export function requirePrivateHosts(hosts: string[]): string[] {
  for (const host of hosts) {
    const isHere = host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isThisMachine(host));
    if (isHere || (isIP(host) !== 0 && classifyAddress(host) !== 'private')) {
      const sentence = `${host} is ${isHere ? 'this machine, which agents never read' : 'no address in a private network'}.`;
      throw invalidField('pluginConfig.web_private_hosts', sentence);
    }
  }
  return [...new Set(hosts)];
}
