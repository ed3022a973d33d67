/** A page in the background is not painted. */
const backgroundMs = 3_000;

/** Resolves once something is seen: what the browser has painted comes on the screen a good while after its frame began. */
export function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, backgroundMs);
    requestAnimationFrame(() => {
      const painted = new PerformanceObserver((list) => {
        // The first paint may be of the background alone.
        if (list.getEntriesByName('first-contentful-paint').length === 0) return;
        painted.disconnect();
        setTimeout(resolve);
      });
      painted.observe({ type: 'paint', buffered: true });
    });
  });
}
