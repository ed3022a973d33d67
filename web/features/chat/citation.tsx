import { createContext, type ReactNode, useContext } from 'react';
import { useTranslation } from '../../texts/language.ts';
import classes from './markdown.module.css';

export interface Citations {
  /** The tool call that read what a message names, or undefined. */
  find: (messageId: string, cited: string) => string | undefined;
  /** Shows the card of that call, opened. */
  open: (toolCallId: string) => void;
}

export const CitationsContext = createContext<Citations | undefined>(undefined);

/** The message that is drawn. */
export const MessageContext = createContext<string | undefined>(undefined);

export interface OpenedCall {
  toolCallId: string;
  /** Called by its card, once: drawn anew later, it must not take the focus again. */
  onShown: () => void;
}

/** The card that was asked for and is not shown yet. */
export const OpenedCallContext = createContext<OpenedCall | undefined>(undefined);

/** Code in an answer; where it names a file that the answer rests on, a way to the card of its reading. */
export function Citation({ code }: { code: string }): ReactNode {
  const { t } = useTranslation();
  const citations = useContext(CitationsContext);
  const messageId = useContext(MessageContext);
  const toolCallId = messageId && citations?.find(messageId, code);
  if (!citations || !toolCallId) return <code>{code}</code>;
  return (
    <button
      type="button"
      className={classes.citation}
      aria-label={t('chat.showSource', { name: code })}
      onClick={() => citations.open(toolCallId)}
    >
      <code>{code}</code>
    </button>
  );
}
