import { Text } from '@mantine/core';
import type { Agent } from '../../../contract/agents.ts';
import { useTranslation } from '../../texts/language.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Section } from '../../ui/section.tsx';
import classes from './approvals-page.module.css';

/** The agents that somebody answers for and whose date has come. */
export function DueReviews({ agents }: { agents: readonly Agent[] }) {
  const { t } = useTranslation();
  const { date } = useFormats();
  return (
    <Section title={t('approvals.reviews.title')} description={t('approvals.reviews.hint')}>
      <ul className={classes.reviews}>
        {agents.map(({ id, name, reviewAt, abilities }) => (
          <li key={id}>
            <div>
              <Text size="sm">{t('approvals.reviews.due', { agent: name, date: date(`${reviewAt}T12:00:00`) })}</Text>
              {!abilities.edit && (
                <Text size="xs" c="dimmed">
                  {t('approvals.reviews.byAdmin')}
                </Text>
              )}
            </div>
            {abilities.edit ? (
              <ButtonLink
                to="/agents/$agentId/settings"
                params={{ agentId: id }}
                search={{ tab: 'general' }}
                size="compact-sm"
                variant="default"
                flex="none"
              >
                {t('approvals.reviews.settings', { agent: name })}
              </ButtonLink>
            ) : (
              <ButtonLink to="/chat/$agentId" params={{ agentId: id }} size="compact-sm" variant="default" flex="none">
                {t('approvals.reviews.open', { agent: name })}
              </ButtonLink>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
