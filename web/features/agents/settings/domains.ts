import type { Agent } from '../../../../contract/agents.ts';

/** The domains that an agent may read on the web, and may not. */
export interface Domains {
  allowed: readonly string[];
  denied: readonly string[];
}

export const domainsOf = ({ pluginConfig }: Agent): Domains => ({
  allowed: textsOf(pluginConfig['web_allowed_domains']),
  denied: textsOf(pluginConfig['web_denied_domains']),
});

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

const label = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';
const domain = new RegExp(`^(${label}\\.)*${label}$`);

export const isDomain = (text: string): boolean => text.length <= 253 && domain.test(text);

/** The domain of what was typed or pasted, which is often a whole address. */
export function readDomain(typed: string): string {
  const text = typed.trim().toLowerCase();
  return text
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^\*\./, '')
    .replace(/[/?#:].*$/, '')
    .replace(/\.$/, '');
}
