import { useMemo } from 'react';
import { encode } from 'uqr';
import classes from './qr-code.module.css';

/** Modules of white that readers need around a code. */
const quietZone = 4;

/** A text as a QR code, dark on white in every colour scheme, because many readers do not see the inverse. */
export function QrCode({ value, label, size = 168 }: { value: string; label: string; size?: number }) {
  const { path, modules } = useMemo(() => draw(value), [value]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${modules} ${modules}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      className={classes.code}
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={path} fill="#1f1e1d" />
    </svg>
  );
}

function draw(value: string): { path: string; modules: number } {
  const { data, size: modules } = encode(value, { ecc: 'M', border: quietZone });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return { path, modules };
}
