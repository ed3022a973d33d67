import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Formatting, lint, types, import directions, unused code, documents, the size of the first load, and
// what is known of the packages.

export interface Check {
  name: string;
  args: string[];
}

const root = join(import.meta.dirname, '..');
const bin = (path: string) => join(root, 'node_modules', path);

const checks: Check[] = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', root] },
  { name: 'lint', args: [bin('oxlint/bin/oxlint'), '--deny-warnings'] },
  { name: 'imports', args: [join(root, 'scripts/check-imports.ts')] },
  { name: 'modules', args: [join(root, 'scripts/module-picture.ts'), '--check'] },
  { name: 'tables', args: [join(root, 'scripts/check-tables.ts')] },
  { name: 'features', args: [join(root, 'scripts/check-features.ts')] },
  { name: 'names', args: [join(root, 'scripts/check-names.ts')] },
  { name: 'sentences', args: [join(root, 'scripts/check-sentences.ts')] },
  { name: 'documents', args: [join(root, 'scripts/check-documents.ts')] },
  { name: 'first load', args: [join(root, 'scripts/check-first-load.ts')] },
  { name: 'unused code', args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'dependencies', args: [join(root, 'scripts/check-dependencies.ts')] },
  {
    name: 'formatting',
    args: [
      bin('prettier/bin/prettier.cjs'),
      '--check',
      '--cache',
      '--cache-location',
      '.cache/prettier',
      '--log-level=warn',
      '.',
    ],
  },
];

/** Runs every check, two at a time, prints each with its duration and returns the counts. */
export async function runChecks(): Promise<{ passed: number; failed: number; failures: string[] }> {
  const waiting = [...checks];
  const counts = { passed: 0, failed: 0, failures: [] as string[] };
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runCheck(check);
      counts[result] += 1;
      if (result === 'failed') counts.failures.push(`check: ${check.name}`);
    }
  };
  await Promise.all([work(), work()]);
  return counts;
}

async function runCheck({ name, args }: Check): Promise<'passed' | 'failed'> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (code !== 0) console.log(output.trim());
  return code === 0 ? 'passed' : 'failed';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { failed } = await runChecks();
  process.exitCode = failed > 0 ? 1 : 0;
}
