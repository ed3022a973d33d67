/** What models put around what they think aloud, in small letters. */
const pairs: readonly (readonly [open: string, close: string])[] = [
  ...['think', 'thinking', 'thought', 'reasoning', 'seed:think'].map((name) => [`<${name}>`, `</${name}>`] as const),
  ['[think]', '[/think]'],
  ['◁think▷', '◁/think▷'],
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
  ['<|channel|>analysis<|message|>', '<|end|>'],
  ['<|start|>assistant<|channel|>analysis<|message|>', '<|end|>'],
];
/** What is left over before an answer: an end whose beginning stood in the prompt, and gpt-oss's own marks. */
const residues = [
  ...new Set(pairs.map(([, close]) => close)),
  '<|channel|>final<|message|>',
  '<|start|>assistant<|channel|>final<|message|>',
];
const openings = pairs.map(([open]) => open);
/** Blanks that may stand before a mark. */
const maxBlank = 500;
const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Takes out what a model without a channel for it thinks aloud, such as between `<think>` and `</think>`. A mark counts where a line
 * begins with it, outside a block of code: an answer about such marks keeps them.
 */
export function createThinkingFilter(): { push(delta: string): string; flush(): string } {
  /** What cannot be told apart yet: the beginning of a line, or, while it thinks, of a mark. */
  let held = '';
  let thinking: Thinking | undefined;
  let isFenced = false;
  let atLineStart = true;
  /** Something was just thought: the blank lines behind it are not part of the answer. */
  let isBlank = false;

  function leave(): void {
    held = held.replace(/^\s+/, '');
    atLineStart = true;
    isBlank = true;
  }

  /** At the beginning of a line; undefined when more has to come first. */
  function takeMark(isEnd: boolean): boolean | undefined {
    const line = held.trimStart();
    const lower = line.toLowerCase();
    const found = [...openings, ...residues].filter((mark) => lower.startsWith(mark));
    const mark = found.sort((one, other) => other.length - one.length)[0];
    if (mark === undefined) {
      const isEndlessBlank = line === '' && held.length > maxBlank;
      const mayCome = !isEnd && !isEndlessBlank && [...openings, ...residues].some((each) => each.startsWith(lower));
      return mayCome ? undefined : false;
    }
    held = line.slice(mark.length);
    const pair = pairs.find(([open]) => open === mark);
    if (pair) thinking = { open: pair[0], close: pair[1], depth: 1, said: undefined };
    else leave();
    return true;
  }

  function takeAnswer(isEnd: boolean): string {
    let said = '';
    for (;;) {
      if (thinking) {
        held = think(thinking, held, isEnd);
        if (thinking.depth > 0 && !isEnd) return said;
        // Where a mark was only mentioned, the last end was the real one.
        if (thinking.depth > 0) held = thinking.said ?? '';
        thinking = undefined;
        leave();
        continue;
      }
      if (held === '') return said;
      if (atLineStart && !isFenced) {
        const isMark = takeMark(isEnd);
        if (isMark === undefined) return said;
        if (isMark) continue;
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
      return takeAnswer(false);
    },
    flush: () => takeAnswer(true),
  };
}

interface Thinking {
  open: string;
  close: string;
  depth: number;
  /** What came after an end that may have been an inner one only. */
  said: string | undefined;
}

/** Goes through what is thought; returns what follows its end, or what of it may be the beginning of a mark. */
function think(thinking: Thinking, text: string, isEnd: boolean): string {
  const { open, close } = thinking;
  let rest = text;
  for (;;) {
    const lower = rest.toLowerCase();
    const end = lower.indexOf(close);
    const inner = lower.indexOf(open);
    const isInner = inner >= 0 && (end < 0 || inner < end);
    const at = isInner ? inner : end;
    if (at < 0) {
      const kept = isEnd ? rest.length : Math.max(0, rest.length - Math.max(open.length, close.length) + 1);
      if (thinking.said !== undefined) thinking.said += rest.slice(0, kept);
      return rest.slice(kept);
    }
    const mark = isInner ? open : close;
    thinking.depth += isInner ? 1 : -1;
    if (thinking.said !== undefined) thinking.said += rest.slice(0, at + mark.length);
    rest = rest.slice(at + mark.length);
    if (thinking.depth === 0) return rest;
    if (!isInner) thinking.said = '';
  }
}
