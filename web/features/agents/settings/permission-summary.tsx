import { Text } from '@mantine/core';
import { useTranslation } from '../../../texts/language.ts';
import type { ToolDescription } from '../../../../contract/agents.ts';
import classes from '../agents.module.css';
import { useToolTexts } from './tool-texts.ts';

interface PermissionSummaryProps {
  tools: readonly string[];
  known: readonly ToolDescription[];
  paths: readonly string[];
  asking: readonly string[];
}

/** What the agent can do, in sentences that follow every switch at once. */
export function PermissionSummary({ tools, known, paths, asking }: PermissionSummaryProps) {
  const { t, locale } = useTranslation();
  const textsOf = useToolTexts();
  const places =
    paths.length === 0
      ? t('agents.placesNone')
      : new Intl.ListFormat(locale).format(paths.map((path) => path.replace(/^\/data\//, '')));
  const granted = known.filter(({ id }) => tools.includes(id));
  return (
    <div className={classes.summary} aria-live="polite">
      <Text fw={600} size="sm">
        {t('agents.permissionsSummary')}
      </Text>
      {granted.length === 0 ? (
        <Text size="sm" mt={4}>
          {t('agents.permissionsNothing')}
        </Text>
      ) : (
        <ul>
          {granted.map((tool) => (
            <li key={tool.id}>
              <Text size="sm">
                {textsOf(tool).can(places)}
                {asking.includes(tool.id) && ` (${t('agents.asksFirst')})`}
              </Text>
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
