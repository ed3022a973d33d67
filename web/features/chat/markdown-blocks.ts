const fenceStart = /^ {0,3}(`{3,}|~{3,})/;
const listOrContinuation = /^(\s{2,}|\t|[-*+](\s|$)|\d{1,9}[.)](\s|$))/;
/** No person writes more, and each is drawn by itself; what follows is the last one. */
const maxBlocks = 1_000;
const definition = /^ {0,3}\[[^\]]+\]:/m;

/**
 * Cuts Markdown into pieces that read the same one by one as together, so that while an answer grows only its last piece
 * is parsed again. Cuts at blank lines, never inside a fence or a list; not at all where references reach across.
 */
export function splitMarkdown(text: string): string[] {
  if (definition.test(text)) return [text];
  const blocks: string[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  let blank = false;
  for (const line of text.split('\n')) {
    const marker = fenceStart.exec(line)?.[1];
    const isCut = blank && !fence && line.trim() !== '' && !listOrContinuation.test(line);
    if (isCut && blocks.length < maxBlocks) {
      blocks.push(lines.join('\n'));
      lines = [];
    }
    if (!fence) fence = marker;
    else if (marker && marker[0] === fence[0] && marker.length >= fence.length && line.trim() === marker)
      fence = undefined;
    blank = line.trim() === '';
    lines.push(line);
  }
  if (lines.length > 0) blocks.push(lines.join('\n'));
  return blocks;
}
