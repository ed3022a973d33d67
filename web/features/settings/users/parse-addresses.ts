/**
 * The e-mail addresses of a pasted text: separated by commas, semicolons, spaces or lines, also in the form `Name <address>`;
 * each once. What is no address stays in the list, so that the server's refusal names it.
 */
export function parseAddresses(text: string): string[] {
  const found = text.split(/[,;\n]/).flatMap((part) => {
    const bracketed = /<([^<>]*)>/.exec(part)?.[1];
    return (bracketed ?? part).trim().split(/\s+/);
  });
  const seen = new Set<string>();
  return found.filter((address) => {
    const key = address.toLowerCase();
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
