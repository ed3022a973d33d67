import type { Source } from '../../../../contract/socket.ts';
import { visibleText } from '../../../../contract/visible-text.ts';
import type { TextRange } from './letters.ts';

/** Where the first of these passages stands in what a tool answered; one of a table may begin with a header from elsewhere. */
export function passageIn(output: string, sources: readonly Source[]): TextRange | undefined {
  for (const { text } of sources) {
    const shown = visibleText(text);
    const withoutFirst = shown.slice(shown.indexOf('\n') + 1);
    for (const wanted of [shown, withoutFirst]) {
      const start = wanted === '' ? -1 : output.indexOf(wanted);
      if (start >= 0) return { start, end: start + wanted.length };
    }
  }
  return undefined;
}
