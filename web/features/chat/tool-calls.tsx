import { UnstyledButton } from '@mantine/core';
import { Check, ChevronRight, LoaderCircle } from 'lucide-react';
import { useId, useState } from 'react';
import { hasText, useTranslation } from '../../texts/language.ts';
import { titleOfTool } from '../../texts/tool-titles.ts';
import type { Translate } from '../../texts/translate.ts';
import type { chat } from '../../texts/en-chat.ts';
import type { Choice, TranscriptMessage } from './conversation-types.ts';
import { countCalls, foldCalls, type PlacedCall } from './fold-calls.ts';
import { ToolCallCard } from './tool-call-card.tsx';
import classes from './tool-call.module.css';

interface ToolCallsProps {
  steps: readonly TranscriptMessage[];
  agentId: string;
  agentName: string;
  answer: () => readonly TranscriptMessage[];
  decisions: Readonly<Record<string, 'approve' | 'deny'>>;
  onDecide: ((approvalId: string, choice: Choice) => void) | undefined;
}

/** What the agent did, each use of a tool as a card; several in a row as one line that opens. */
export function ToolCalls({ steps, ...props }: ToolCallsProps) {
  return foldCalls(steps).map((calls) =>
    calls.length === 1 ? (
      <PlacedCard key={calls[0]!.call.toolCallId} placed={calls[0]!} {...props} />
    ) : (
      <CallFold key={calls[0]!.call.toolCallId} calls={calls} {...props} />
    ),
  );
}

type CardProps = Omit<ToolCallsProps, 'steps'>;

function PlacedCard({ placed, decisions, ...props }: CardProps & { placed: PlacedCall }) {
  const { call, messageId } = placed;
  return (
    <ToolCallCard
      call={call}
      messageId={messageId}
      decision={call.approvalId ? decisions[call.approvalId] : undefined}
      {...props}
    />
  );
}

function CallFold({ calls, ...props }: CardProps & { calls: PlacedCall[] }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const bodyId = useId();
  const isRunning = calls.some(({ call }) => call.state === 'running');
  const failed = calls.filter(({ call }) => call.state === 'failed' || call.state === 'denied').length;
  return (
    <div className={classes.card}>
      <UnstyledButton
        className={classes.head}
        onClick={() => setOpened(!opened)}
        aria-expanded={opened}
        aria-controls={bodyId}
      >
        <span className={classes.icon}>
          {isRunning ? (
            <LoaderCircle size={15} className={classes.spin} aria-hidden />
          ) : (
            <Check size={15} aria-hidden />
          )}
        </span>
        <span className={classes.folded}>
          {countCalls(calls)
            .map((count) => didText(t, count))
            .join(' · ')}
          {failed > 0 && <span className={classes.failed}> · {t('chat.foldFailed', { count: failed })}</span>}
        </span>
        <ChevronRight size={15} className={classes.chevron} data-opened={opened || undefined} aria-hidden />
      </UnstyledButton>
      <div id={bodyId} hidden={!opened} className={classes.foldBody}>
        {opened && calls.map((placed) => <PlacedCard key={placed.call.toolCallId} placed={placed} {...props} />)}
      </div>
    </div>
  );
}

type NameOf<Key> = Key extends `${infer Name}_one` ? Name : never;
type Counted = NameOf<keyof typeof chat.did>;
const isCounted = (name: string): name is Counted => hasText(`chat.did.${name}_other`);

const didText = (t: Translate, { name, count }: { name: string; count: number }) =>
  isCounted(name) ? t(`chat.did.${name}`, { count }) : t('chat.didOther', { tool: titleOfTool(t, name), count });
