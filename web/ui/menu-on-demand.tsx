import {
  type ButtonHTMLAttributes,
  cloneElement,
  type ReactElement,
  type ReactNode,
  Suspense,
  useEffect,
  useState,
} from 'react';

interface MenuOnDemandProps {
  /** The control that opens the menu. */
  target: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;
  /** What it opens, for screen readers. */
  opens?: 'menu' | 'dialog';
  /** Fetches the menu's code, as soon as somebody reaches for it. */
  load: () => Promise<unknown>;
  /** The menu, opened, around its control. */
  children: (target: ReactElement) => ReactNode;
}

/** A menu that is loaded when somebody reaches for it; it opens at the first click all the same. */
export function MenuOnDemand({ target, opens = 'menu', load, children }: MenuOnDemandProps) {
  const [wanted, setWanted] = useState(false);
  const prepare = () => void load();
  const closed = cloneElement(target, {
    'aria-haspopup': opens,
    'aria-expanded': false,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: () => setWanted(true),
  });
  if (!wanted) return closed;
  // The menu's control takes the place of the one that was clicked, and its focus, to give it back in the end.
  return <Suspense fallback={closed}>{children(cloneElement(target, { autoFocus: true }))}</Suspense>;
}

/** For the menu: opens it right after it was mounted, and not as it mounts, when it would not remember the focus. */
export function useOpenedAfterMount(): { opened: boolean; onChange: (opened: boolean) => void } {
  const [opened, setOpened] = useState(false);
  // oxlint-disable-next-line react/set-state-in-effect -- the second rendering is the point
  useEffect(() => setOpened(true), []);
  return { opened, onChange: setOpened };
}
