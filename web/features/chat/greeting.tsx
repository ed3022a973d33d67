import type { Agent } from '../../../contract/agents.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import { Markdown } from './markdown.tsx';
import classes from './transcript.module.css';

/** Where nothing was said yet: who is here, and how they greet. */
export function Greeting({ agent }: { agent: Agent }) {
  return (
    <div className={classes.frame}>
      <div className={classes.greeting}>
        <AgentAvatar id={agent.id} isPersonal={agent.isPersonal} size={56} />
        <h2>{agent.name}</h2>
        {agent.tagline && <p>{agent.tagline}</p>}
        {agent.greetingMessage && (
          <div className={classes.greetingText}>
            <Markdown text={agent.greetingMessage} growing={false} />
          </div>
        )}
      </div>
    </div>
  );
}
