import { type AgentIcon, iconHues, iconSymbols } from '../../contract/agent-icon.ts';
import { Mark } from './mark.tsx';

interface AgentAvatarProps {
  id: string;
  /** The personal assistant carries the product's own mark. */
  isPersonal?: boolean;
  /** What was chosen for it; without one it is drawn from the id. */
  icon?: AgentIcon | null | undefined;
  size?: number;
}

/** What was chosen, or else two calm colours and a figure of a few shapes, always the same for the same id. */
export function AgentAvatar({ id, isPersonal = false, icon, size = 32 }: AgentAvatarProps) {
  if (icon && 'emoji' in icon) {
    return (
      <span
        aria-hidden="true"
        style={{
          flex: 'none',
          display: 'inline-grid',
          placeItems: 'center',
          width: size,
          height: size,
          borderRadius: size * 0.27,
          background: 'var(--pinchy-hover)',
          fontSize: size * 0.6,
          lineHeight: 1,
        }}
      >
        {icon.emoji}
      </span>
    );
  }
  if (isPersonal && !icon) return <Mark size={size} />;
  const bits = hash(id);
  const hue = icon ? iconHues[icon.color] : bits % 360;
  const turn = icon ? 0 : ((bits >>> 9) % 8) * 45;
  const kind = icon ? iconSymbols.indexOf(icon.symbol) : (bits >>> 16) % iconSymbols.length;
  const ground = `oklch(0.78 0.095 ${hue})`;
  const figure = `oklch(0.42 0.1 ${(hue + 30) % 360})`;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none', borderRadius: size * 0.27 }}
    >
      <rect width="32" height="32" fill={ground} />
      <g transform={`rotate(${turn} 16 16)`} fill={figure}>
        <Figure kind={kind} />
      </g>
    </svg>
  );
}

function Figure({ kind }: { kind: number }) {
  switch (kind) {
    case 0:
      return (
        <>
          <path d="M7 16a9 9 0 0 1 18 0z" />
          <circle cx="16" cy="22" r="3" />
        </>
      );
    case 1:
      return (
        <>
          <circle cx="12" cy="13" r="5.5" />
          <circle cx="21" cy="21" r="4" opacity=".7" />
        </>
      );
    case 2:
      return (
        <>
          <rect x="7.5" y="7.5" width="7.5" height="17" rx="3.7" />
          <rect x="17.5" y="13" width="7.5" height="11.5" rx="3.7" opacity=".7" />
        </>
      );
    case 3:
      return (
        <>
          <path d="M16 6.5 25.5 23h-19z" />
          <circle cx="16" cy="17.5" r="2.6" fill="#fff" opacity=".75" />
        </>
      );
    case 4:
      return <path d="M16 6a10 10 0 1 0 10 10 7 7 0 0 1-10-10z" />;
    default:
      return (
        <>
          <path d="M16 6v20a10 10 0 0 1 0-20z" />
          <path d="M18.5 8.500a8 8 0 0 1 0 15z" opacity=".6" />
        </>
      );
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  // The low bits of FNV mix poorly for ids that differ in their last characters.
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
