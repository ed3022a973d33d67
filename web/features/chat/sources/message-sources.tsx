import { type ReactNode, useContext, useMemo } from 'react';
import { claimFor } from './find-quote.ts';
import { type MessageSources, OpenSourceContext, SourcesContext } from './source-context.tsx';
import type { TranscriptMessage } from '../conversation-types.ts';

const none: readonly never[] = [];

interface MessageSourcesProps {
  agentId: string;
  message: TranscriptMessage;
  children: ReactNode;
}

/** The text of a message, in which what it cites leads to the document. */
export function WithSources({ agentId, message, children }: MessageSourcesProps) {
  const openSource = useContext(OpenSourceContext);
  const { id, content, sources = none } = message;
  const value = useMemo(
    (): MessageSources => ({
      sources,
      open: (source) => openSource({ agentId, messageId: id, source, claim: claimFor(content, source) }),
    }),
    [agentId, id, content, sources, openSource],
  );
  return <SourcesContext value={value}>{children}</SourcesContext>;
}
