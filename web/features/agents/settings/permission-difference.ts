import type { ToolDescription } from '../../../../contract/agents.ts';

/** The tools that look at files, and so use the directories. */
export const fileTools: ReadonlySet<string> = new Set(['pinchy_ls', 'pinchy_read']);

/** The tools of which each call waits for a person: as chosen for the agent, else all powerful ones. */
export function askingFirst(chosen: readonly string[] | undefined, known: readonly ToolDescription[]): string[] {
  return chosen ? [...chosen] : known.filter(({ category }) => category === 'powerful').map(({ id }) => id);
}

/** How many entries stand in only one of the two lists. */
export function differing(before: readonly string[], after: readonly string[]): number {
  const added = after.filter((entry) => !before.includes(entry));
  const removed = before.filter((entry) => !after.includes(entry));
  return added.length + removed.length;
}
