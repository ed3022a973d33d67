export interface PinnedNode {
  name: string;
  version: string;
  published: string[];
}

const majorOf = (version: string): string => version.split('.')[0] ?? '';
const compare = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

/** One sentence for each that is not the newest of its line, or whose line is older than Node.js 24. */
export function findBehind(pinned: PinnedNode[]): string[] {
  return pinned.flatMap(({ name, version, published }) => {
    if (Number(majorOf(version)) < 24) return [`${name} ${version} is older than the Node.js 24 that Pinchy needs.`];
    const ofLine = published.filter((other) => /^\d+\.\d+\.\d+$/.test(other) && majorOf(other) === majorOf(version));
    const newest = ofLine.sort(compare).at(-1) ?? version;
    return compare(newest, version) > 0 ? [`${name} is pinned to ${version}; ${newest} is there.`] : [];
  });
}
