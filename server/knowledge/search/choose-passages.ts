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
  const paths = new Map<string, Promise<string | undefined>>();

  /** The path by which the agent knows a document; undefined when it may not see it now. */
  async function openPath(realPath: string): Promise<string | undefined> {
    const known = shownPath(visible, realPath);
    if (!known) return undefined;
    const { root, segments } = known;
    const opened = await realPathOf(dataRoot, { root, roots: [root], segments, kind: 'file' });
    return opened === realPath ? [root.virtualPath, ...segments].join('/') : undefined;
  }

  function pathOf({ directory, name }: PassageRow): Promise<string | undefined> {
    const realPath = `${directory}/${name}`;
    const opening = paths.get(realPath) ?? openPath(realPath);
    paths.set(realPath, opening);
    return opening;
  }

  return {
    chosen,
    get isFull() {
      return chosen.length >= limit;
    },
    async choose(rows) {
      // Those that will most likely be shown are opened together: one after the other they are most of a search's time.
      await Promise.all(rows.slice(0, limit).map(pathOf));
      for (const row of rows) {
        if (chosen.length >= limit) return;
        const { place, heading, content, score } = row;
        const text = content.replace(/\s+/g, ' ').trim();
        if (texts.has(text)) continue;
        const path = await pathOf(row);
        if (path === undefined) continue;
        texts.add(text);
        chosen.push({ path, place, heading, text: content, score: Math.round(score * 1_000) / 1_000 });
      }
    },
  };
}
