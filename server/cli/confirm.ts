import { createInterface } from 'node:readline/promises';
import { StartError } from '../platform/errors.ts';

/** Asks on the terminal; without one the answer has to be given as `--yes`. */
export async function confirmOnTerminal(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new StartError(`${question} Add --yes if that is what you want.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question}\nGo on? [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
