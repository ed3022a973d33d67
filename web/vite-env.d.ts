/// <reference types="vite/client" />

/** Lower case, one to a line; see scripts/common-passwords.ts. */
declare module 'virtual:common-passwords' {
  const list: string;
  export default list;
}
