import type { Agent } from '../../../contract/agents.ts';
import { smithersWords } from '../../../contract/smithers-words.ts';
import { useTranslation } from '../../texts/language.ts';

type Words = Pick<Agent, 'templateId' | 'tagline' | 'greetingMessage'>;

const isSmithers = ({ templateId }: Words) => templateId === 'smithers';

/** An agent's tagline as it stands on the page. */
export function useTagline(): (agent: Words) => string | null {
  const { t } = useTranslation();
  return (agent) =>
    isSmithers(agent) && agent.tagline === smithersWords.tagline ? t('chat.smithers.tagline') : agent.tagline;
}

/** What an agent says before anybody said anything. */
export function useGreeting(): (agent: Words) => string | null {
  const { t } = useTranslation();
  return (agent) =>
    isSmithers(agent) && agent.greetingMessage === smithersWords.greetingMessage
      ? t('chat.smithers.greeting')
      : agent.greetingMessage;
}
