import type { PluginConfig } from '../../../contract/agents.ts';
import { ToolDenied } from '../tool.ts';

/** Whether an agent may read a host, by its lists; the list of denied domains wins. */
export function isDomainAllowed(hostname: string, config: PluginConfig): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  const isIn = (domains: string[]) => domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  const allowed = listOf(config.web_allowed_domains);
  return !isIn(listOf(config.web_denied_domains)) && (allowed.length === 0 || isIn(allowed));
}

/** Throws ToolDenied for a host outside the agent's lists. */
export function requireDomain(hostname: string, config: PluginConfig): void {
  if (isDomainAllowed(hostname, config)) return;
  const allowed = listOf(config.web_allowed_domains);
  throw new ToolDenied(
    allowed.length > 0
      ? `This agent may not read ${hostname}. It may read: ${allowed.slice(0, 20).join(', ')}.`
      : `This agent may not read ${hostname}.`,
  );
}

/** The hosts in private networks that an admin named for the agent. */
export const privateHosts = (config: PluginConfig): string[] => listOf(config.web_private_hosts);

const listOf = (value: unknown): string[] =>
  Array.isArray(value)
    ? value
        .filter((domain): domain is string => typeof domain === 'string' && domain !== '')
        .map((domain) => domain.toLowerCase())
    : [];
