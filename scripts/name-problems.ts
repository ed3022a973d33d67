import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Options of `Intl`, which names them. */
const foreign = new Set(['maximumFractionDigits', 'maximumSignificantDigits']);
const bound = /\b(?:most|longest|largest|maximum|shortest|smallest)[A-Z]\w*/g;

/** Names of bounds that do not begin as all others do, one sentence for each line. Bounds are `max…` and `min…` everywhere. */
export function findNameProblems(root: string): string[] {
  const sources = '{bench,contract,openclaw-plugin,scripts,server,test,testkit,web}/**/*.{ts,tsx,mjs}';
  return globSync(sources, { cwd: root })
    .filter((file) => !file.startsWith('scripts/name-problems'))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          [...line.matchAll(bound)]
            .filter(([name]) => !foreign.has(name))
            .map(([name]) => `${file}:${index + 1} says ${name}: bounds are called max… or min…`),
        ),
    );
}
