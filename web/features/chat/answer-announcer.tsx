import { useEffect, useRef } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { ConversationState } from './conversation-types.ts';
import { spokenText } from './speech/spoken-text.ts';

const maxAnnouncementLength = 600;

/** Tells a screen reader of an answer once it is finished; read token by token it could not be followed. */
export default function AnswerAnnouncer({ state, agentName }: { state: ConversationState; agentName: string }) {
  const { t } = useTranslation();
  const region = useRef<HTMLDivElement>(null);
  const running = useRef(false);
  useEffect(() => {
    const finished = running.current && !state.run;
    running.current = state.run !== undefined;
    if (!finished) return;
    const answer = state.messages.at(-1);
    if (answer?.role !== 'assistant' || answer.content === '') return;
    const text = spokenText(answer.content).slice(0, maxAnnouncementLength);
    region.current?.replaceChildren(t('chat.answerArrived', { agent: agentName, text }));
  }, [state, agentName, t]);
  return <div ref={region} className="visually-hidden" aria-live="polite" />;
}
