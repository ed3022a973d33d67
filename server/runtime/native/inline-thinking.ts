const opening = /<(think|thinking|thought|reasoning)>/i;
const names = ['<think>', '<thinking>', '<thought>', '<reasoning>'];
const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Takes out what a model without a channel for it thinks aloud between `<think>` and `</think>`. A tag counts where a line begins with
 * it, outside a block of code: an answer about such tags keeps them.
 */
export function createThinkingFilter(): { push(delta: string): string; flush(): string } {
  /** What cannot be told apart yet: the beginning of a line, or, while it thinks, of a closing tag. */
  let held = '';
  let closing: string | undefined;
  let isFenced = false;
  let atLineStart = true;
  /** Something was just thought: the blank lines behind it are not part of the answer. */
  let isBlank = false;

  function take(isEnd: boolean): string {
    let said = '';
    for (;;) {
      if (closing !== undefined) {
        const end = held.toLowerCase().indexOf(closing);
        if (end < 0) {
          held = isEnd ? '' : held.slice(-(closing.length - 1));
          return said;
        }
        held = held.slice(end + closing.length).replace(/^\s+/, '');
        closing = undefined;
        atLineStart = true;
        isBlank = true;
        continue;
      }
      if (held === '') return said;
      if (atLineStart && !isFenced) {
        const line = held.trimStart();
        if (!isEnd && names.some((name) => name.startsWith(line.toLowerCase()))) return said;
        const tag = opening.exec(line);
        if (tag?.index === 0) {
          closing = `</${(tag[1] ?? '').toLowerCase()}>`;
          held = line.slice(tag[0].length);
          continue;
        }
      }
      const next = held.indexOf('\n');
      const line = next < 0 ? held : held.slice(0, next + 1);
      // A fence is told by its whole line's beginning.
      if (atLineStart && !isEnd && next < 0 && /^ {0,3}[`~]{0,2}$/.test(line)) return said;
      if (atLineStart && fence.test(line)) isFenced = !isFenced;
      const text = isBlank ? line.trimStart() : line;
      said += text;
      isBlank &&= text === '';
      held = held.slice(line.length);
      atLineStart = next >= 0;
    }
  }

  return {
    push(delta) {
      held += delta;
      return take(false);
    },
    flush: () => take(true),
  };
}
