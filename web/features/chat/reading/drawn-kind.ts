/** What a block of code can be looked at as, if anything. */
export function drawnKind(language: string, code: string): 'diagram' | 'markup' | undefined {
  const name = language.toLowerCase();
  if (name === 'mermaid') return 'diagram';
  return name === 'html' || name === 'svg' || (name === 'xml' && /<svg[\s>]/.test(code)) ? 'markup' : undefined;
}
