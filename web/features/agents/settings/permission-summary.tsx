import { Text } from '@mantine/core';
import { useTranslation } from '../../../texts/language.ts';
import type { ToolDescription } from '../../../../contract/agents.ts';
import classes from '../agents.module.css';
import type { Domains } from './domains.ts';
import { type OdooPermissions, useOdooSentences } from './odoo-sentences.ts';
import { nameOfDirectory } from './permission-difference.ts';
import { useToolTexts } from './tool-texts.ts';

interface PermissionSummaryProps {
  tools: readonly string[];
  known: readonly ToolDescription[];
  paths: readonly string[];
  asking: readonly string[];
  domains: Domains;
  odoo: readonly OdooPermissions[];
}

/** What the agent can do, in sentences that follow every switch at once. */
export function PermissionSummary({ tools, known, paths, asking, domains, odoo }: PermissionSummaryProps) {
  const { t, locale } = useTranslation();
  const textsOf = useToolTexts();
  const odooSentences = useOdooSentences({ tools, asking, odoo });
  const list = (entries: readonly string[]) => new Intl.ListFormat(locale).format(entries);
  const places = paths.length === 0 ? t('agents.placesNone') : list(paths.map(nameOfDirectory));
  const fetches = () => {
    const { allowed, denied, hosts } = domains;
    const values = { allowed: list(allowed), denied: list(denied) };
    const inside = hosts.length > 0 ? t('integrations.canFetchHosts', { hosts: list(hosts) }) : '';
    if (allowed.length > 0) {
      return t(denied.length > 0 ? 'integrations.canFetchOnlyExcept' : 'integrations.canFetchOnly', values) + inside;
    }
    return t(denied.length > 0 ? 'integrations.canFetchExcept' : 'integrations.canFetch', values) + inside;
  };
  const sentenceOf = (tool: ToolDescription) => {
    if (tool.id === 'pinchy_web_search') return t('integrations.canSearch');
    return tool.id === 'pinchy_web_fetch' ? fetches() : textsOf(tool).can(places);
  };
  const sentences = [
    ...known
      .filter(({ id, integration }) => tools.includes(id) && integration !== 'odoo')
      .map((tool) => sentenceOf(tool) + (asking.includes(tool.id) ? ` (${t('agents.asksFirst')})` : '')),
    ...odooSentences,
  ];
  return (
    <div className={classes.summary} aria-live="polite">
      <Text fw={600} size="sm">
        {t('agents.permissionsSummary')}
      </Text>
      {sentences.length === 0 ? (
        <Text size="sm" mt={4}>
          {t('agents.permissionsNothing')}
        </Text>
      ) : (
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>
              <Text size="sm">{sentence}</Text>
            </li>
          ))}
        </ul>
      )}
      <Text size="sm" c="dimmed">
        {t('agents.permissionsOnly')}
      </Text>
    </div>
  );
}
