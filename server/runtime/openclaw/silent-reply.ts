/** Takes a gateway's word for "nothing to say" out of a step's text. One per step. */
export interface SilentReplyFilter {
  push(delta: string): string;
  /** The step is over: what was held back and is text after all. */
  flush(): string;
  /** The word was said. */
  readonly isSilent: boolean;
}

const edge = '[\\s\\p{P}`]';
/** The word as far as it goes at the end of a piece. */
const begun = 'N(?:O(?:_(?:R(?:E(?:P(?:L(?:Y)?)?)?)?)?)?)?';
const only = new RegExp(`^${edge}*NO_REPLY(?:\\s+NO_REPLY)*${edge}*$`, 'iu');
const mayBecomeOnly = new RegExp(`^${edge}{0,64}(?:NO_REPLY${edge}+)*(?:${begun})?$`, 'iu');
/** Glued to what follows, or on a line of its own before it; in "NO_REPLY is a word" it is text. */
const leading = /^\s*(?:NO_REPLY\s+)*NO_REPLY(?:(?=[\p{L}\p{N}])|[^\S\n]*\n\s*(?=\S))/iu;
const trailing = /(?<![\s*])[\s*]+NO_REPLY(?:\s+NO_REPLY)*[\s\p{P}]*$/iu;
/** More than the word repeated; nothing longer is looked through again with each piece. */
const maxHeld = 200;
const mayBecomeTrailing = new RegExp(`(?:\\s|\\*)+(?:NO_REPLY(?:[\\s\\p{P}]+|$))*(?:${begun})?$`, 'iu');

/**
 * A model that OpenClaw's prompts taught it says `NO_REPLY` where it wants to say nothing, in any case, in bold or twice; a gateway's own
 * channels never show it (https://docs.openclaw.ai/concepts/messages, "Silent replies").
 */
export function createSilentReplyFilter(): SilentReplyFilter {
  let held = '';
  let hasShown = false;
  let isSilent = false;

  function show(text: string): string {
    hasShown ||= text !== '';
    return text;
  }

  return {
    get isSilent() {
      return isSilent;
    },
    push(delta) {
      held += delta;
      if (!hasShown) {
        const before = held;
        held = held.replace(leading, '');
        isSilent ||= held !== before;
        if (held.length <= maxHeld && (only.test(held) || mayBecomeOnly.test(held))) return '';
      }
      const rest = mayBecomeTrailing.exec(held.slice(-maxHeld))?.[0] ?? '';
      const text = held.slice(0, held.length - rest.length);
      held = rest;
      return show(text);
    },
    flush() {
      const rest = hasShown ? held.replace(trailing, '') : held.replace(only, '');
      isSilent ||= rest !== held;
      held = '';
      // Blanks alone are no text.
      return hasShown || rest.trim() !== '' ? show(rest) : '';
    },
  };
}
