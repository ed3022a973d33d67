export const isBelow = (path: string, directory: string): boolean => path.startsWith(`${directory}/`);

/** What is granted after a directory was chosen: it covers what lies in it, which need not stand there any more. */
export const withDirectory = (granted: readonly string[], path: string): string[] => [
  ...granted.filter((other) => other !== path && !isBelow(other, path)),
  path,
];

/** Granted paths below a directory that are not in what it lists. */
export function missingBelow(granted: readonly string[], directory: string, listed: readonly string[]): string[] {
  return granted.filter(
    (path) => isBelow(path, directory) && !listed.some((found) => path === found || isBelow(path, found)),
  );
}
