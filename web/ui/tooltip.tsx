import {
  cloneElement,
  type FocusEvent,
  type HTMLAttributes,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import classes from './tooltip.module.css';

type Side = 'top' | 'right';

interface TooltipProps {
  label: ReactNode;
  /** Where there is room; otherwise the other side. */
  position?: Side;
  /** One element that takes pointer and focus; it has a name of its own, for screen readers. */
  children: ReactElement<HTMLAttributes<HTMLElement>>;
}

const hoverDelay = 350;
const gap = 7;
const margin = 6;

/** A word on what a control does. Ours, because a positioning library would be a tenth of the first load. */
export function Tooltip({ label, position = 'top', children }: TooltipProps) {
  const [reached, setReached] = useState<{ target: HTMLElement; delay: number }>();
  const [shown, setShown] = useState(false);
  const hide = () => setReached(undefined);
  useEffect(() => {
    if (!reached) return undefined;
    const timer = setTimeout(() => setShown(true), reached.delay);
    return () => {
      clearTimeout(timer);
      setShown(false);
    };
  }, [reached]);
  const { onPointerEnter, onPointerLeave, onPointerDown, onFocus, onBlur } = children.props;
  const control = cloneElement(children, {
    onPointerEnter(event: PointerEvent<HTMLElement>) {
      onPointerEnter?.(event);
      if (event.pointerType === 'mouse') setReached({ target: event.currentTarget, delay: hoverDelay });
    },
    onPointerLeave(event: PointerEvent<HTMLElement>) {
      onPointerLeave?.(event);
      hide();
    },
    onPointerDown(event: PointerEvent<HTMLElement>) {
      onPointerDown?.(event);
      hide();
    },
    onFocus(event: FocusEvent<HTMLElement>) {
      onFocus?.(event);
      if (event.currentTarget.matches(':focus-visible')) setReached({ target: event.currentTarget, delay: 0 });
    },
    onBlur(event: FocusEvent<HTMLElement>) {
      onBlur?.(event);
      hide();
    },
  });
  return (
    <>
      {control}
      {reached &&
        shown &&
        createPortal(
          <Bubble target={reached.target} side={position} onHide={hide}>
            {label}
          </Bubble>,
          document.body,
        )}
    </>
  );
}

interface BubbleProps {
  target: HTMLElement;
  side: Side;
  onHide: () => void;
  children: ReactNode;
}

function Bubble({ target, side, onHide, children }: BubbleProps) {
  const bubble = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!bubble.current) return;
    const { left, top } = placeBubble(target.getBoundingClientRect(), bubble.current.getBoundingClientRect(), side);
    bubble.current.style.left = `${left}px`;
    bubble.current.style.top = `${top}px`;
  });
  useEffect(() => {
    const hideOnEscape = (event: KeyboardEvent) => event.key === 'Escape' && onHide();
    window.addEventListener('keydown', hideOnEscape, true);
    window.addEventListener('scroll', onHide, true);
    return () => {
      window.removeEventListener('keydown', hideOnEscape, true);
      window.removeEventListener('scroll', onHide, true);
    };
  }, [onHide]);
  return (
    <div ref={bubble} className={classes.bubble} role="tooltip">
      {children}
    </div>
  );
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Beside the target, turned to the other side where there is no room, and never beyond the window. */
function placeBubble(target: Box, bubble: Box, side: Side): { left: number; top: number } {
  const keepWithin = (value: number, size: number, whole: number) =>
    Math.max(margin, Math.min(value, whole - size - margin));
  let left = target.left + (target.width - bubble.width) / 2;
  let top = target.top - bubble.height - gap;
  if (side === 'right') {
    left = target.left + target.width + gap;
    top = target.top + (target.height - bubble.height) / 2;
    if (left + bubble.width > window.innerWidth) left = target.left - bubble.width - gap;
  } else if (top < margin) {
    top = target.top + target.height + gap;
  }
  return {
    left: keepWithin(left, bubble.width, window.innerWidth),
    top: keepWithin(top, bubble.height, window.innerHeight),
  };
}
