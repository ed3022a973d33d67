import type { RuntimeEvent } from '../agent-runtime.ts';

type ErrorEvent = Extract<RuntimeEvent, { type: 'error' }>;

/** How a run ended of which a gateway says that it is over. */
export type GatewayEnding = 'stop' | 'length' | 'filter' | ErrorEvent;

/** A gateway passes on the words of the provider, or has its own for what it did itself. */
const endings: [RegExp, GatewayEnding | 'stopped' | 'timeout' | 'error'][] = [
  [
    /^(length|truncated|incomplete|(model)?contextwindowexceeded|modellength|max(imum)?(output)?(tokens?|length))$/,
    'length',
  ],
  [
    /filter|^(refusal|refused|safety|sensitive|recitation|language|blocklist|prohibitedcontent|spii|imagesafety)/,
    'filter',
  ],
  [/^(aborted?|cancell?ed|cancel|rpc|restart|superseded|interrupted|authrevoked)$/, 'stopped'],
  [/^(timeout|timedout|deadlineexceeded)$/, 'timeout'],
  [/^(error|failed|failure|blocked|abandoned|malformed\w*|unexpectedtoolcall)$/, 'error'],
];

/** What a `stopReason` says; one that nobody knows is that of a whole answer. */
export function endingOf(stopReason: string | undefined): GatewayEnding {
  const word = (stopReason ?? '').toLowerCase().replace(/[^a-z]/g, '');
  const ending = endings.find(([pattern]) => pattern.test(word))?.[1] ?? 'stop';
  if (ending === 'stopped') return stoppedElsewhere;
  if (ending === 'timeout') return timedOut;
  return ending === 'error' ? unknownFailure : ending;
}

export const unknownFailure: ErrorEvent = {
  type: 'error',
  code: 'internal',
  message: 'The OpenClaw Gateway could not answer. Try again; its log says why.',
  retryable: true,
};

export const stoppedElsewhere: ErrorEvent = {
  type: 'error',
  code: 'interrupted',
  message: 'The answer was stopped in the OpenClaw Gateway. Ask again to get the whole answer.',
  retryable: true,
};

export const timedOut: ErrorEvent = {
  type: 'error',
  code: 'provider_unavailable',
  message: 'The model took too long, and the OpenClaw Gateway stopped waiting for it. Ask again in a moment.',
  retryable: true,
};

export const emptyAnswer: ErrorEvent = {
  type: 'error',
  code: 'internal',
  message: 'The model gave an empty answer. Try again, or choose another model.',
  retryable: true,
};

/** The model said OpenClaw's word for "nothing to say" to somebody who waits for an answer. */
export const silentAnswer: ErrorEvent = {
  type: 'error',
  code: 'internal',
  message: 'The agent decided that there is nothing to answer. Ask again, and say what you want to know.',
  retryable: true,
};

/** What the model and the person are told of a call whose outcome the gateway never reported. */
export const lostOutcome = {
  state: 'failed',
  summary: 'Its outcome never arrived. It may have been done.',
  output: 'The outcome of this call never arrived; it may have been done. Look before you make it again.',
} as const;

/** The end of a run gives the text of all its steps together; what is new in it, by what was said before. */
export function notSaidBefore(text: string, before: string): string {
  const words = before.replace(/\s+/g, '');
  let at = 0;
  let matched = 0;
  while (at < text.length && matched < words.length) {
    const letter = text.charAt(at);
    if (/\s/.test(letter)) at += 1;
    else if (letter === words[matched]) [at, matched] = [at + 1, matched + 1];
    else return text;
  }
  const rest = text.slice(at);
  if (matched < words.length) return text;
  return matched === 0 || rest === '' || /^\s/.test(rest) ? rest.trimStart() : text;
}
