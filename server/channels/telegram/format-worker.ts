import { parentPort } from 'node:worker_threads';
import { lowerOwnPriority } from '../../platform/thread-priority.ts';
import { splitHtml, type MessagePart } from './split-html.ts';
import { styleMarkdown } from './styled-markdown.ts';

export interface FormatRequest {
  markdown: string;
}

export interface FormatAnswer {
  parts: MessagePart[];
}

/** Telegram takes no message in which there is nothing to see. */
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/u;

lowerOwnPriority();

/** The entry of a worker thread that makes answers into messages for Telegram. Built as its own file. */
parentPort?.on('message', ({ markdown }: FormatRequest) => {
  const parts = splitHtml(styleMarkdown(markdown)).filter(({ plain }) => visible.test(plain));
  parentPort?.postMessage({ parts } satisfies FormatAnswer);
});
