import type { Agent } from '../../../../contract/agents.ts';

/** The domains that an agent may read on the web, and may not. */
export interface Domains {
  allowed: readonly string[];
  denied: readonly string[];
  /** Hosts in private networks that it may read as well. */
  hosts: readonly string[];
}

export const domainsOf = ({ pluginConfig }: Agent): Domains => ({
  allowed: textsOf(pluginConfig['web_allowed_domains']),
  denied: textsOf(pluginConfig['web_denied_domains']),
  hosts: textsOf(pluginConfig['web_private_hosts']),
});

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

const label = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';
const domain = new RegExp(`^(${label}\\.)*${label}$`);

export const isDomain = (text: string): boolean => text.length <= 253 && domain.test(text);

/** A name, or an IP address as the server takes it. */
export const isHost = (text: string): boolean =>
  isDomain(text) || URL.parse(`http://[${text}]/`)?.hostname === `[${text}]`;

/** The host of what was typed or pasted. An IPv6 address has colons of its own. */
export function readHost(typed: string): string {
  const text = typed.trim().toLowerCase();
  const address = URL.parse(`http://${text.startsWith('[') ? text : `[${text}]`}/`)?.hostname;
  return address ? address.slice(1, -1) : readDomain(text);
}

/** The domain of what was typed or pasted, which is often a whole address. */
export function readDomain(typed: string): string {
  const text = typed.trim().toLowerCase();
  return text
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^\*\./, '')
    .replace(/[/?#:].*$/, '')
    .replace(/\.$/, '');
}
