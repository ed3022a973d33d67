const settledMs = 10_000;
const takenOver = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * Brings what a link led to to the top, and again whenever what stands above it has come, until the person moves or some seconds
 * have passed. Returns how to stop.
 */
function keepInView(element: Element): () => void {
  const observer = new ResizeObserver(() => element.scrollIntoView({ block: 'start' }));
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
    for (const event of takenOver) removeEventListener(event, stop);
  };
  const timer = setTimeout(stop, settledMs);
  for (const event of takenOver) addEventListener(event, stop, { passive: true });
  observer.observe(document.body);
  return stop;
}

/** The same for whoever came by a link to `#hash`; for the `ref` of its element. */
export const keepInViewIfLinked = (hash: string, element: Element | null | undefined): (() => void) | undefined =>
  element && location.hash === `#${hash}` ? keepInView(element) : undefined;
