/** What the log keeps of an error: enough to find the fault, nothing of what it was about. */
export interface DescribedFault {
  type: string;
  message?: string;
  code?: string | number;
  /** The frames only: the first line would repeat the message. */
  stack?: string;
  cause?: DescribedFault;
}

const deepestCause = 5;
const maxMessageLength = 500;

/**
 * Describes an error for the log. Libraries hang whole requests on their errors (bodies with what people said, headers
 * with keys, raw packets with cookies, parameters of queries), so only named properties are kept, and what looks like a
 * secret is cut out of messages.
 */
export function describeFault(error: Error, depth = 0): DescribedFault {
  const { code, statusCode, cause } = error as Error & { code?: unknown; statusCode?: unknown };
  const known = [code, statusCode].find((value) => typeof value === 'string' || typeof value === 'number');
  const described: DescribedFault = { type: error.name || 'Error' };
  // A provider's or a parser's words quote what they were sent.
  if (!quotesOthers(error)) described.message = withoutSecrets(error.message);
  if (known !== undefined) described.code = known as string | number;
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  if (frames?.length) described.stack = frames.join('\n');
  if (cause instanceof Error && depth < deepestCause) described.cause = describeFault(cause, depth + 1);
  return described;
}

const quotesOthers = (error: Error): boolean =>
  'responseBody' in error ||
  'requestBodyValues' in error ||
  error instanceof SyntaxError ||
  error.name.startsWith('AI_');

/** Cut: parameters of a query, tokens of Telegram's addresses, queries of addresses, known prefixes of keys, long random text. */
export function withoutSecrets(text: string): string {
  return text
    .slice(0, 10 * maxMessageLength)
    .replace(/\nparams: [^]*$/, '')
    .replace(/(https?:\/\/(?:(?!https?:\/\/)[^\s?#])*)[?#]\S*/g, '$1')
    .replace(/\bbot\d+:[\w-]+/g, 'bot…')
    .replace(/\b\d{6,}:[\w-]{20,}/g, '…')
    .replace(/\b(?:sk-|AIza|key-|Bearer )[\w.*-]+/gi, '…')
    .replace(/[\w-]{32,}/g, (word) => (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(word) ? word : '…'))
    .slice(0, maxMessageLength);
}
