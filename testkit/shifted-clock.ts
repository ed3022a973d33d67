import { readFileSync, writeFileSync } from 'node:fs';

// Preloaded into a server process (`NODE_OPTIONS=--import …`): its wall clock is off by as many milliseconds as the file
// SHIFTED_CLOCK says, from one moment to the next, as when somebody sets it; SHIFTED_CLOCK.seen says what was taken. Timers go on.

const path = process.env['SHIFTED_CLOCK'] ?? '';
const realNow = Date.now.bind(Date);
let shift = 0;

setInterval(() => {
  const wanted = Number(readFileSync(path, 'utf8'));
  if (wanted === shift) return;
  shift = wanted;
  writeFileSync(`${path}.seen`, String(shift));
}, 20).unref();

const now = () => realNow() + shift;

globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
  apply: () => new Date().toString(),
  get: (target, key, receiver) => (key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown)),
});
