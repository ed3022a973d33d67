import type { ToolDescription } from '../../../../contract/agents.ts';

/** The tools that look at files, and so use the directories. */
export const fileTools: ReadonlySet<string> = new Set(['pinchy_ls', 'pinchy_read', 'pinchy_search']);

/** The tools of which each call waits for a person: as chosen for the agent, else all powerful ones. */
export function askingFirst(chosen: readonly string[] | undefined, known: readonly ToolDescription[]): string[] {
  return chosen ? [...chosen] : known.filter(({ category }) => category === 'powerful').map(({ id }) => id);
}

/** People know a directory without the root that all of them share. */
export const nameOfDirectory = (path: string) => path.replace(/^\/data\//, '');

/** What stands in only one of the two lists. */
export function difference(before: readonly string[], after: readonly string[]) {
  return {
    added: after.filter((entry) => !before.includes(entry)),
    removed: before.filter((entry) => !after.includes(entry)),
  };
}

/** How many entries that are. */
export function differing(before: readonly string[], after: readonly string[]): number {
  const { added, removed } = difference(before, after);
  return added.length + removed.length;
}
