/** Puts a text on the clipboard. Returns whether it is there; where it is not, that is said. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Forbidden to a page in a frame; and one that came over plain HTTP has no clipboard, whatever the types say.
    return (await import('./copy-by-command.ts')).copyByCommand(text);
  }
}
