import type { ReactElement } from 'react';
import classes from './picture.module.css';

const scenes = {
  agents: (
    <>
      <path
        className={classes.soft}
        d="M22 20h56a8 8 0 0 1 8 8v24a8 8 0 0 1-8 8H48L34 72V60H22a8 8 0 0 1-8-8V28a8 8 0 0 1 8-8z"
      />
      <path className={classes.faint} d="M28 33h36M28 44h22" />
      <path className={classes.line} d="M92 34h6a8 8 0 0 1 8 8v18a8 8 0 0 1-8 8v10L88 68H66a8 8 0 0 1-6-3" />
      <path className={classes.line} d="M104 12v10M99 17h10" />
    </>
  ),
  connections: (
    <>
      <rect className={classes.soft} x="10" y="26" width="34" height="34" rx="9" />
      <rect className={classes.soft} x="76" y="26" width="34" height="34" rx="9" />
      <path className={classes.line} d="M44 43h9m14 0h9M60 36v14" />
      <circle className={classes.line} cx="60" cy="43" r="7" />
      <path className={classes.faint} d="M19 38h16M19 47h10M85 38h16M85 47h10" />
    </>
  ),
  documents: (
    <>
      <path className={classes.faint} d="M38 22 30 24a4 4 0 0 0-3 5l9 40a4 4 0 0 0 5 3l4-1" />
      <path className={classes.soft} d="M46 10h28l16 16v46a5 5 0 0 1-5 5H46a5 5 0 0 1-5-5V15a5 5 0 0 1 5-5z" />
      <path className={classes.line} d="M74 10v11a5 5 0 0 0 5 5h11" />
      <path className={classes.faint} d="M51 40h28M51 50h28M51 60h17" />
    </>
  ),
  done: (
    <>
      <circle className={classes.soft} cx="60" cy="42" r="28" />
      <path className={classes.line} d="m48 43 9 9 17-19" />
      <path className={classes.faint} d="M20 28h6M14 42h8M20 56h6M94 28h6M98 42h8M94 56h6" />
    </>
  ),
  people: (
    <>
      <circle className={classes.soft} cx="60" cy="30" r="13" />
      <path className={classes.soft} d="M36 72a24 20 0 0 1 48 0z" />
      <circle className={classes.line} cx="24" cy="40" r="8" />
      <path className={classes.line} d="M9 68a15 13 0 0 1 22-11" />
      <circle className={classes.line} cx="96" cy="40" r="8" />
      <path className={classes.line} d="M111 68a15 13 0 0 0-22-11" />
    </>
  ),
  search: (
    <>
      <path className={classes.faint} d="M14 22h30M14 36h20M14 50h24M14 64h44" />
      <circle className={classes.soft} cx="70" cy="36" r="22" />
      <path className={classes.line} d="m86 52 18 18" />
      <path className={classes.faint} d="M60 36h20" />
    </>
  ),
  trail: (
    <>
      <path className={classes.line} d="M24 18v48" />
      <circle className={classes.soft} cx="24" cy="18" r="7" />
      <circle className={classes.soft} cx="24" cy="42" r="7" />
      <circle className={classes.soft} cx="24" cy="66" r="7" />
      <path className={classes.faint} d="M42 18h58M42 42h40M42 66h50" />
    </>
  ),
  usage: (
    <>
      <path className={classes.faint} d="M14 72h92" />
      <rect className={classes.soft} x="24" y="46" width="16" height="26" rx="4" />
      <rect className={classes.soft} x="52" y="30" width="16" height="42" rx="4" />
      <rect className={classes.soft} x="80" y="54" width="16" height="18" rx="4" />
      <path className={classes.line} d="m20 30 22-12 22 2 32-10" />
    </>
  ),
} satisfies Record<string, ReactElement>;

export type PictureName = keyof typeof scenes;

/** A small drawing for where there is nothing to show yet. It says nothing that the words beside it do not. */
export function Picture({ name }: { name: PictureName }) {
  return (
    <svg className={classes.picture} viewBox="0 0 120 84" aria-hidden="true" focusable="false" data-picture={name}>
      {scenes[name]}
    </svg>
  );
}
