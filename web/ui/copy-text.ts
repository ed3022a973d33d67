// Whatever its type says: a page that came over plain HTTP has none.
const clipboard = navigator.clipboard as Clipboard | undefined;
const byCommand = () => import('./copy-by-command.ts');
// There before it is needed: a browser copies soon after a press only.
const ready = clipboard ? undefined : byCommand().catch(() => undefined);

/** Puts a text on the clipboard. Returns whether it is there; where it is not, that is said. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await clipboard!.writeText(text);
    return true;
  } catch {
    // There is none, or it is forbidden to a page in a frame.
    return ((await ready) ?? (await byCommand())).copyByCommand(text);
  }
}
