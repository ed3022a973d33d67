import { type ButtonHTMLAttributes, cloneElement, type ReactElement, type ReactNode, Suspense, useState } from 'react';

interface MenuOnDemandProps {
  /** The control that opens the menu. */
  target: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;
  /** Fetches the menu's code, as soon as somebody reaches for it. */
  load: () => Promise<unknown>;
  /** The menu, opened, around its control. */
  children: (target: ReactElement) => ReactNode;
}

/** A menu that is loaded when somebody reaches for it; it opens at the first click all the same. */
export function MenuOnDemand({ target, load, children }: MenuOnDemandProps) {
  const [wanted, setWanted] = useState(false);
  const prepare = () => void load();
  const closed = cloneElement(target, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: () => setWanted(true),
  });
  return wanted ? <Suspense fallback={closed}>{children(target)}</Suspense> : closed;
}
