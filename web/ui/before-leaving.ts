const works = new Set<() => Promise<unknown>>();

/** Does something while the person is still signed in, whenever they sign out. Returns how to end that. */
export function beforeLeaving(work: () => Promise<unknown>): () => void {
  works.add(work);
  return () => works.delete(work);
}

export async function finishBeforeLeaving(): Promise<void> {
  await Promise.allSettled([...works].map((work) => work()));
}
