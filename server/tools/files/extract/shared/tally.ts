/** Counts what a reader of the document sees and the text does not hold, for the line "not shown: 2 pictures, 1 chart". */
export function createTally() {
  const counts = new Map<string, number>();
  return {
    /** `what` in the singular; its plural has an s. */
    add(what: string, count = 1) {
      if (count > 0) counts.set(what, (counts.get(what) ?? 0) + count);
    },
    list: () => [...counts].map(([what, count]) => `${count} ${what}${count === 1 ? '' : 's'}`),
  };
}

export type Tally = ReturnType<typeof createTally>;
