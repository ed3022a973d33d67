import { readFileSync } from 'node:fs';
import type { Script } from './script.ts';

/** An answer as somebody reported it, word for word; `changes` are applied to its text. */
export function recording(name: string, ...changes: [from: string, to: string][]): Script {
  const text = readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
  return [{ recorded: changes.reduce((changed, [from, to]) => changed.replaceAll(from, to), text) }];
}

/** The same for JSON. */
export function recordedJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8'));
}
