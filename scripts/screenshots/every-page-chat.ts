import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { budgetStates } from './chat/budget-states.ts';
import type { ChatWalk } from './chat/chat-state.ts';
import { type Conversations, holdConversations } from './chat/conversations.ts';
import { everydayStates } from './chat/everyday-states.ts';
import { frameStates } from './chat/frame-states.ts';
import { readingStates } from './chat/reading-states.ts';
import { sharingStates } from './chat/sharing-states.ts';
import { people, startCrowded } from './crowded.ts';
import { walk } from './every-page.ts';
import { type Product, start } from './product.ts';

// Looks at every page and state of the chat, on a phone and at two widths of a desktop, in both colour schemes, and keeps
// a picture of each: `npm run walk:chat -- FOLDER [phone|desktop] [STATE…]`.
// Ends with 1 where something is wrong.

const [folder, ...asked] = process.argv.slice(2);
if (!folder) {
  console.error('Say where the pictures go: npm run walk:chat -- FOLDER [STATE…]');
  process.exit(2);
}
// The server runs from its sources, but shows the web app that was built.
const built = spawnSync(process.execPath, [join(import.meta.dirname, '../bootstrap.mjs'), 'build'], {
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(1);

const homes = await mkdtemp(join(tmpdir(), 'pinchy-walk-'));
const running: Product[] = [];
let faults: string[];
try {
  const crowded = await startCrowded();
  running.push(crowded);
  const empty = await startPlain('empty');
  const begun = await startPlain('begun');
  const demo = await start('demo', 'Ctrl-C stops the demo');
  running.push(demo);
  const answer = await fetch(`${begun.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(people.admin),
  });
  const { email, password } = people.admin;
  const signedIn = await fetch(`${begun.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok || !signedIn.ok) throw new Error('The product with an account only could not be set up.');
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const conversations: Conversations = await holdConversations(crowded, folder);
  const product: ChatWalk = { ...crowded, conversations, empty, begun: { url: begun.url, cookie }, demo };
  const states = [...readingStates, ...everydayStates, ...sharingStates, ...frameStates, ...budgetStates];
  faults = await walk({ product, states, folder, asked });
} finally {
  for (const product of running) await product.stop();
  await rm(homes, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
console.log(`${faults.length} faults. The pictures are in ${folder}.`);
process.exit(faults.length > 0 ? 1 : 0);

async function startPlain(name: string): Promise<Product> {
  const product = await start('start', 'Ctrl-C stops it', {
    PINCHY_HOME: join(homes, name),
    OLLAMA_LOCAL_URLS: 'none',
  });
  running.push(product);
  return product;
}
