const overlays = '[role="dialog"], [role="alertdialog"], [role="menu"]';
/** How long a dialog may take to give focus back by itself. */
const ownReturnMs = 250;

/**
 * Gives focus back to what opened a dialog when the dialog is gone and left it nowhere, as one does that is taken off the
 * page instead of closed, be it on the page or in another dialog; to the content of the page when that is gone as well. Returns what ends it.
 */
export function returnFocus(): () => void {
  let last: Element | null = null;
  /** What last had the focus in each overlay that is open and on the page behind them, the latest last. */
  let places: readonly HTMLElement[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function remember(target: EventTarget | null): void {
    last = target instanceof Element ? target : null;
    if (!(target instanceof HTMLElement)) return;
    const overlay = target.closest(overlays);
    places = [...places.filter((place) => place.isConnected && place.closest(overlays) !== overlay), target];
  }
  const hear = ({ target }: FocusEvent) => remember(target);
  const isLost = () => document.activeElement === document.body && last?.isConnected === false;
  function giveBack(): void {
    timer = undefined;
    if (!isLost()) return;
    last = null;
    places.findLast((place) => place.isConnected)?.focus({ preventScroll: true });
    if (document.activeElement === document.body) document.getElementById('content')?.focus({ preventScroll: true });
  }
  const observer = new MutationObserver((changes) => {
    const hasLostOverlay = () => changes.some(({ removedNodes }) => [...removedNodes].some(holdsOverlay));
    if (timer === undefined && isLost() && hasLostOverlay()) timer = setTimeout(giveBack, ownReturnMs);
  });
  remember(document.activeElement);
  document.addEventListener('focusin', hear);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    clearTimeout(timer);
    document.removeEventListener('focusin', hear);
  };
}

const holdsOverlay = (node: Node) =>
  node instanceof Element && (node.matches(overlays) || node.querySelector(overlays) !== null);
