/** The tools that look at files, and so use the directories. */
export const fileTools: ReadonlySet<string> = new Set(['pinchy_ls', 'pinchy_read']);

/** How many entries stand in only one of the two lists. */
export function differing(before: readonly string[], after: readonly string[]): number {
  const added = after.filter((entry) => !before.includes(entry));
  const removed = before.filter((entry) => !after.includes(entry));
  return added.length + removed.length;
}
