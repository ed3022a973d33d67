import { createContext } from 'react';
import type { Source } from '../../../../contract/socket.ts';

/** What the message that is drawn rests on, and the way to its documents. */
export interface MessageSources {
  sources: readonly Source[];
  open(source: Source): void;
}

export const SourcesContext = createContext<MessageSources>({ sources: [], open: () => undefined });

/** A document that was asked for, with what the answer says of it. */
export interface WantedSource {
  agentId: string;
  messageId: string;
  source: Source;
  claim: string;
}

/** Opens it beside the conversation. */
export const OpenSourceContext = createContext<(wanted: WantedSource) => void>(() => undefined);
