interface MarkProps {
  size?: number;
  withName?: boolean;
}

/** The name mark: a raised claw, half open. */
export function Mark({ size = 28, withName = false }: MarkProps) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: size * 0.36 }}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8.5" fill="var(--pinchy-mark)" />
        <path
          d="M16 27v-4.600M16 22.400c-5.6 0-9-3.6-9-8.2 0-3.5 1.8-6.7 5-8.4-.6 2.8 0 5.3 1.8 7.300l1.6 1.500M16 22.400c5.6 0 9-3.6 9-8.2 0-3.5-1.8-6.7-5-8.4.6 2.8 0 5.3-1.8 7.3"
          fill="none"
          stroke="#fff"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {withName && <span style={{ fontWeight: 680, fontSize: size * 0.64, letterSpacing: '-0.02em' }}>Pinchy</span>}
    </span>
  );
}
