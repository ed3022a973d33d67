import { Button } from '@mantine/core';
import type { Agent } from '../../../contract/agents.ts';
import { useTranslation } from '../../texts/language.ts';
import { useGreeting, useTagline } from '../agents/smithers-words.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import { Markdown } from './markdown.tsx';
import classes from './transcript.module.css';

interface GreetingProps {
  agent: Agent;
  /** Begins the conversation with these words. */
  onSay: (words: string) => void;
}

/** Where nothing was said yet: who is here, how they greet, and what one may begin with. */
export function Greeting({ agent, onSay }: GreetingProps) {
  const { t } = useTranslation();
  const tagline = useTagline()(agent);
  const greeting = useGreeting()(agent);
  return (
    <div className={classes.frame}>
      <div className={classes.greeting}>
        <AgentAvatar id={agent.id} isPersonal={agent.isPersonal} icon={agent.icon} size={56} />
        <h2>{agent.name}</h2>
        {tagline && <p>{tagline}</p>}
        {greeting && (
          <div className={classes.greetingText}>
            <Markdown text={greeting} growing={false} />
          </div>
        )}
        {agent.starters.length > 0 && (
          <ul className={classes.starters}>
            {agent.starters.map((starter) => (
              <li key={starter}>
                <Button
                  variant="default"
                  radius="xl"
                  fw={500}
                  h="auto"
                  py={7}
                  classNames={{ label: classes.starterLabel }}
                  onClick={() => onSay(starter)}
                >
                  {starter}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <p className={classes.aiNotice}>{t('chat.aiNotice', { agent: agent.name })}</p>
      </div>
    </div>
  );
}
