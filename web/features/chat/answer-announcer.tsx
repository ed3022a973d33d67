import { useEffect, useRef } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { ConversationState } from './conversation-types.ts';

const maxAnnouncementLength = 600;

/** Tells a screen reader of an answer once it is finished; read token by token it could not be followed. */
export function AnswerAnnouncer({ state, agentName }: { state: ConversationState; agentName: string }) {
  const { t } = useTranslation();
  const region = useRef<HTMLDivElement>(null);
  const running = useRef(false);
  useEffect(() => {
    const finished = running.current && !state.run;
    running.current = state.run !== undefined;
    if (!finished) return;
    const answer = state.messages.at(-1);
    if (answer?.role !== 'assistant' || answer.content === '') return;
    region.current?.replaceChildren(t('chat.answerArrived', { agent: agentName, text: spoken(answer.content) }));
  }, [state, agentName, t]);
  return <div ref={region} className="visually-hidden" aria-live="polite" />;
}

const spoken = (markdown: string) => markdown.replaceAll(/[`*_#>|]+/g, ' ').slice(0, maxAnnouncementLength);
