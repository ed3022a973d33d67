import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consoleStates, strangerStates, type State } from './console-states.ts';
import { account, type FullProduct, startFullProduct } from './full-product.ts';
import { type Looker, openLooker, widths } from './look-at.ts';
import { signIn } from './product.ts';

// Every page of the console in every state, of a product that is full, at every width and in both colour schemes; to be
// looked at one by one. Ends with 1 where axe, the layout or the console found something.
// `bin/node24 scripts/screenshots/every-page-console.ts FOLDER [NAME…]`, after `npm run build`.

const [folder = join(tmpdir(), 'looks-console'), ...asked] = process.argv.slice(2);
const isAsked = ({ name }: State) => asked.length === 0 || asked.some((start) => name.startsWith(start));

let known = 0;
const report = (fault: string) => {
  known += 1;
  console.log(fault);
};

async function walk(looker: Looker, product: FullProduct, states: State[]): Promise<void> {
  for (const { name, path, open } of states.filter(isAsked)) {
    const faults: string[] = [];
    try {
      if (path) await looker.page.goto(path(product.ids), { waitUntil: 'networkidle' });
      await open?.(looker.page, product.ids);
      await looker.look(name);
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    for (const fault of [...faults.splice(0), ...looker.faults.splice(0)]) report(fault);
  }
}

await mkdir(folder, { recursive: true });
const home = await mkdtemp(join(tmpdir(), 'pinchy-looks-'));
const startedAt = Date.now();
const product = await startFullProduct(home);
try {
  console.log(`Filled in ${((Date.now() - startedAt) / 1_000).toFixed(0)} s: ${product.url}`);
  for (const phase of ['whole', 'broken'] as const) {
    if (phase === 'broken') await product.breakConnections();
    for (const width of widths) {
      const looker = await openLooker({ url: product.url, width, folder });
      if (phase === 'whole') await walk(looker, product, strangerStates);
      await signIn(looker.page, product.url, account);
      await walk(looker, product, consoleStates.filter((state) => (state.isBroken ?? false) === (phase === 'broken')));
      await looker.close();
      console.log(`${phase}, ${width}: ${known} faults so far`);
    }
  }
} finally {
  await product.stop();
  await rm(home, { recursive: true, force: true });
}
process.exit(known > 0 ? 1 : 0);
