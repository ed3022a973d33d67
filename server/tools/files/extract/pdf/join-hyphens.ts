const softHyphen = '\u00ad';
const brokenWord = /^(.*\p{Ll})([-\u00ad\u2010])$/su;
/** "Ein- und Ausgang", "short- or long-term": the hyphen stays. */
const bindingWord = /^(?:und|oder|bis|sowie|bzw|or|and|to|et|ou|y|o|e|en|of|og|och)\b/u;

/** Puts words together that a line's end broke: the rest of the word moves to the line it began on. */
export function joinHyphens(lines: string[]): string[] {
  const result: string[] = [];
  for (const line of lines) {
    const [, start, hyphen] = brokenWord.exec(result.at(-1) ?? '') ?? [];
    const isBroken =
      start !== undefined && (hyphen === softHyphen || (/^\p{Ll}/u.test(line) && !bindingWord.test(line)));
    if (!isBroken) {
      result.push(line);
      continue;
    }
    const [rest = ''] = line.split(' ', 1);
    result[result.length - 1] = start + rest;
    const remaining = line.slice(rest.length + 1);
    if (remaining !== '') result.push(remaining);
  }
  return result;
}
