import { plainText, type StyledRun, type Tag, writeHtml } from './styled-text.ts';
import { faultOf } from './telegram-fault.ts';

/** What Telegram says of markup, and not of the chat or the text. */
const aboutMarkup = /parse|entit|\btag\b|url|link|markup/i;

/** What is given up where Telegram does not say where it stumbles: addresses first, then what is seldom used. */
const givenUp: readonly ((tag: Tag) => boolean)[] = [
  (tag) => tag.open.includes('='),
  (tag) => tag.open === '<blockquote>',
  (tag) => tag.open === '<s>',
  (tag) => tag.open === '<pre>' || tag.open === '<code>',
];
const maxPlaces = 3;

export interface Formatted {
  html: string;
  plain: string;
  runs?: readonly StyledRun[];
}

/**
 * Sends text in the best form that Telegram takes: without the element that it refuses, then without one kind of markup after
 * the other, at last without any. Throws what the last attempt threw.
 */
export async function sendFormatted<Result>(
  { html, plain, runs }: Formatted,
  attempt: (text: string, isHtml: boolean) => Promise<Result>,
): Promise<Result> {
  let text = html;
  for (const simpler = runs ? simplify(runs) : undefined; ;) {
    try {
      return await attempt(text, true);
    } catch (error) {
      const fault = faultOf(error);
      if (fault?.kind !== 'refused') throw error;
      const next = aboutMarkup.test(fault.description) ? simpler?.(fault.description) : undefined;
      if (next === undefined) return attempt(plain, false);
      text = next;
    }
  }
}

/** Each call returns simpler HTML than the one before; undefined when only plain text is left. */
function simplify(given: readonly StyledRun[]): (refusal: string) => string | undefined {
  let runs = given;
  let places = 0;
  const kinds = [...givenUp];
  return (refusal) => {
    const offset = /byte offset (\d+)/.exec(refusal)?.[1];
    let next = offset !== undefined && places++ < maxPlaces ? withoutMarkupAt(runs, Number(offset)) : undefined;
    for (let kind = kinds.shift(); !next && kind; kind = kinds.shift()) next = withoutTags(runs, kind);
    if (!next || plainText(next) === writeHtml(next)) return undefined;
    runs = next;
    return writeHtml(runs);
  };
}

/** Undefined when there are no such tags. */
function withoutTags(runs: readonly StyledRun[], isGivenUp: (tag: Tag) => boolean): StyledRun[] | undefined {
  if (!runs.some((run) => run.tags.some(isGivenUp))) return undefined;
  return runs.map((run) => ({ ...run, tags: run.tags.filter((tag) => !isGivenUp(tag)) }));
}

/** The run at a place of the HTML, in bytes, loses its markup; undefined when it has none. */
function withoutMarkupAt(runs: readonly StyledRun[], offset: number): StyledRun[] | undefined {
  const index = runs.findIndex((_run, at) => Buffer.byteLength(writeHtml(runs.slice(0, at + 1))) > offset);
  if (!runs[index] || runs[index].tags.length === 0) return undefined;
  return runs.map((run, at) => (at === index ? { ...run, tags: [] } : run));
}
