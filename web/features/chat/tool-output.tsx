import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { unescapeMarks } from '../../../contract/citations.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { useTranslation } from '../../texts/language.ts';
import { toolOutputQuery, type ToolCallAddress } from './chat-queries.ts';
import type { TranscriptMessage } from './conversation-types.ts';
import { passageIn } from './sources/passage-in.ts';
import classes from './tool-call.module.css';

interface ToolOutputProps {
  call: ToolCallAddress;
  answer: () => readonly TranscriptMessage[];
}

/** The text that a tool gave the agent, at the passage that the answer cites of it. */
export default function ToolOutput({ call, answer }: ToolOutputProps) {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = useQuery(toolOutputQuery(call));
  const labelId = useId();
  if (error)
    return (
      <>
        <p className={classes.result}>{t('chat.toolOutputFailed', { reason: error.message })}</p>
        <Button size="compact-xs" variant="default" mt={6} loading={isFetching} onClick={() => void refetch()}>
          {t('chat.retry')}
        </Button>
      </>
    );
  return (
    <>
      <p className={classes.label} id={labelId}>
        {t('chat.toolOutput')}
      </p>
      {!data && <Skeleton height={64} />}
      {data && !data.output && <p className={classes.result}>{t('chat.toolOutputNone')}</p>}
      {data?.output && <Passage text={data.output} answer={answer} labelId={labelId} />}
    </>
  );
}

interface PassageProps {
  text: string;
  answer: () => readonly TranscriptMessage[];
  labelId: string;
}

function Passage({ text, answer, labelId }: PassageProps) {
  const shown = useMemo(() => visibleText(unescapeMarks(text)), [text]);
  const passage = useMemo(() => {
    const sources = answer().flatMap((message) => message.sources ?? []);
    return passageIn(shown, sources);
  }, [shown, answer]);
  return (
    <pre
      className={`${classes.exact} ${classes.output}`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
      tabIndex={0}
      role="region"
      aria-labelledby={labelId}
    >
      {passage ? (
        <>
          {shown.slice(0, passage.start)}
          <mark ref={showInItsBox}>{shown.slice(passage.start, passage.end)}</mark>
          {shown.slice(passage.end)}
        </>
      ) : (
        shown
      )}
    </pre>
  );
}

/** Only its own box scrolls: the page stays where the reader is. */
function showInItsBox(mark: HTMLElement | null): void {
  const box = mark?.closest('pre');
  if (mark && box) box.scrollTop = mark.offsetTop - box.clientHeight / 3;
}
