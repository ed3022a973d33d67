import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokenStates, consoleStates, freshStates } from './console-states.ts';
import { screens, walk } from './every-page.ts';
import { type FullProduct, startFreshProduct, startFullProduct } from './full-product.ts';

// Looks at every page and state of the console, in a product that is new, in one that is full and in one whose
// connections fail, and keeps a picture of each: `npm run walk:console -- FOLDER [phone|desktop] [STATE…]`. Ends with 1 where
// something is wrong.

const [folder, ...asked] = process.argv.slice(2);
if (!folder) {
  console.error('Say where the pictures go: npm run walk:console -- FOLDER [STATE…]');
  process.exit(2);
}
// The server runs from its sources, but shows the web app that was built.
const built = spawnSync(process.execPath, [join(import.meta.dirname, '../bootstrap.mjs'), 'build'], {
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(1);

const homes = await mkdtemp(join(tmpdir(), 'pinchy-walk-'));
const beginnings = asked.filter((word) => !screens.some(({ name }) => name === word));
const isWanted = (states: readonly { name: string }[]) =>
  states.some(({ name }) => beginnings.length === 0 || beginnings.some((begins) => name.startsWith(begins)));
const faults: string[] = [];
let product: FullProduct | undefined;
try {
  if (isWanted(consoleStates) || isWanted(brokenStates)) {
    product = await startFullProduct(join(homes, 'full'));
    faults.push(...(await walk({ product, states: consoleStates, folder, asked })));
    await product.break();
    faults.push(...(await walk({ product, states: brokenStates, folder, asked })));
    await product.stop();
  }
  if (isWanted(freshStates)) {
    product = await startFreshProduct(join(homes, 'fresh'));
    faults.push(...(await walk({ product, states: freshStates, folder, asked })));
  }
} finally {
  await product?.stop();
  await rm(homes, { recursive: true, force: true });
}
console.log(`${faults.length} faults. The pictures are in ${folder}.`);
process.exit(faults.length > 0 ? 1 : 0);
