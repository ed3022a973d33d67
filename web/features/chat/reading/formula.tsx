import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { importPart } from '../../../ui/import-part.ts';
import classes from './reading.module.css';

interface FormulaProps {
  tex: string;
  display: boolean;
  /** One that is not whole yet is shown as it was written. */
  growing?: boolean;
}

type Drawing = typeof import('./draw-formula.ts');
let drawing: Drawing | undefined;

/** A formula; as it was written until it is drawn, and where it cannot be. */
export function Formula({ tex, display, growing = false }: FormulaProps) {
  const { t } = useTranslation();
  const place = useRef<HTMLSpanElement>(null);
  const draw = useDrawing(!growing);
  const isDrawn = !growing && draw?.canDraw({ tex, display }) === true;
  useLayoutEffect(() => {
    if (isDrawn && place.current) draw?.drawFormula(place.current, { tex, display });
  }, [isDrawn, draw, tex, display]);
  if (!isDrawn) return display ? <code className={classes.rawFormula}>{tex.trim()}</code> : <code>{tex}</code>;
  if (!display) return <span ref={place} key="drawn" />;
  return (
    <span
      ref={place}
      key="drawn"
      className={classes.formula}
      role="group"
      aria-label={t('chat.formula')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
      tabIndex={0}
    />
  );
}

/** Loaded with the first formula that anybody sees. */
function useDrawing(wanted: boolean): Drawing | undefined {
  const [draw, setDraw] = useState(drawing);
  useLayoutEffect(() => {
    if (draw || !wanted) return undefined;
    let isMounted = true;
    void importPart(() => import('./draw-formula.ts')).then(
      (part) => {
        drawing = part;
        if (isMounted) setDraw(part);
      },
      // Without the drawing there is still what was written.
      () => undefined,
    );
    return () => {
      isMounted = false;
    };
  }, [draw, wanted]);
  return draw;
}
