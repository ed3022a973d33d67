import type { PassageRow } from './search.queries.ts';
import { realPathOf, shownPath, type VisibleDirectory } from './visible-directories.ts';

export interface FoundPassage {
  path: string;
  place: string;
  heading: string;
  text: string;
  score: number;
}

export interface Choice {
  readonly chosen: FoundPassage[];
  readonly isFull: boolean;
  /** Takes what may be shown of these, best first. */
  choose(rows: PassageRow[]): Promise<void>;
}

/**
 * Of passages that were found, those to show: each text once, and only of documents that can still be opened where they
 * were indexed. What is gone, hidden or swapped for a link meanwhile is left out at once, not with the next look.
 */
export function createChoice(options: { visible: VisibleDirectory[]; dataRoot: string; limit: number }): Choice {
  const { visible, dataRoot, limit } = options;
  const chosen: FoundPassage[] = [];
  const texts = new Set<string>();
  const paths = new Map<string, string | undefined>();

  /** The path by which the agent knows a document; undefined when it may not see it now. */
  async function openPath(realPath: string): Promise<string | undefined> {
    const known = shownPath(visible, realPath);
    if (!known) return undefined;
    const { root, segments } = known;
    const opened = await realPathOf(dataRoot, { root, roots: [root], segments, kind: 'file' });
    return opened === realPath ? [root.virtualPath, ...segments].join('/') : undefined;
  }

  return {
    chosen,
    get isFull() {
      return chosen.length >= limit;
    },
    async choose(rows) {
      for (const { directory, name, place, heading, content, score } of rows) {
        if (chosen.length >= limit) return;
        const text = content.replace(/\s+/g, ' ').trim();
        if (texts.has(text)) continue;
        const realPath = `${directory}/${name}`;
        if (!paths.has(realPath)) paths.set(realPath, await openPath(realPath));
        const path = paths.get(realPath);
        if (path === undefined) continue;
        texts.add(text);
        chosen.push({ path, place, heading, text: content, score: Math.round(score * 1_000) / 1_000 });
      }
    },
  };
}
