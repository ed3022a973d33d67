import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

// The server from its sources, restarted on every change, and Vite's development server for the web app beside it.

const root = join(import.meta.dirname, '..');
const children: ChildProcess[] = [];

function run(...args: string[]): void {
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  child.once('exit', (code) => {
    process.exitCode ??= code ?? 1;
    for (const other of children) other.kill('SIGTERM');
  });
  children.push(child);
}

run('--watch', '--watch-preserve-output', join(root, 'server/cli/pinchy.ts'), 'start');
if (existsSync(join(root, 'vite.config.ts'))) run(join(root, 'node_modules/vite/bin/vite.js'), root);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
