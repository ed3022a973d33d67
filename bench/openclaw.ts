import { spawn } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installGateway } from '../server/cli/openclaw/install-gateway.ts';
import { findFreePort } from '../testkit/find-free-port.ts';
import type { BenchContext } from './bench-context.ts';
import { openChat, timeFirstChunk } from './chat-client.ts';
import { median, percentile, type Result } from './result.ts';
import { createAgent, setStage, type Stage } from './stage.ts';

const root = join(import.meta.dirname, '..');
const warmUps = 3;
const messages = 40;

/** The same chat through both runtimes: from sending a message to its first chunk and to its end. */
export async function benchOpenClaw(context: BenchContext): Promise<Result[]> {
  const native = await measure(await setStage(context));
  const gateway = await startGateway(context);
  const through = await measure(await setStage(context, { environment: gateway }));
  const result = (name: string, value: number, baseline: number): Result => ({ name, value, unit: 'ms', baseline });
  return [
    result(
      'OpenClaw: message → first chunk, p50, and the built-in runtime',
      median(through.first),
      median(native.first),
    ),
    result(
      'OpenClaw: message → first chunk, p95, and the built-in runtime',
      percentile(through.first, 0.95),
      percentile(native.first, 0.95),
    ),
    result(
      'OpenClaw: message → answer complete, p50, and the built-in runtime',
      median(through.whole),
      median(native.whole),
    ),
  ];
}

async function measure(stage: Stage): Promise<{ first: number[]; whole: number[] }> {
  const agent = await createAgent(stage, 'Bench');
  const chat = await openChat(stage.url, stage.admin.cookie);
  const first: number[] = [];
  const whole: number[] = [];
  for (let message = 0; message < warmUps + messages; message++) {
    const start = performance.now();
    const firstChunk = await timeFirstChunk(
      chat,
      agent.id,
      `Question ${message}: how many days of holiday do we have?`,
    );
    if (message < warmUps) continue;
    first.push(firstChunk);
    whole.push(performance.now() - start);
  }
  chat.close();
  return { first, whole };
}

/** `npm run openclaw` beside the server, with a package that is installed once for all runs. Returns the server's settings. */
async function startGateway(context: BenchContext): Promise<Record<string, string>> {
  const home = join(context.directory, 'gateway-home');
  const installed = join(root, '.cache', 'openclaw');
  await installGateway(installed, (text) => console.log(text));
  await mkdir(join(home, 'openclaw'), { recursive: true });
  await symlink(installed, join(home, 'openclaw', 'package'));
  const gatewayPort = await findFreePort();
  const environment = {
    AGENT_RUNTIME: 'openclaw',
    PINCHY_HOME: home,
    PORT: String(await findFreePort()),
    OPENCLAW_URL: `ws://127.0.0.1:${gatewayPort}`,
  };
  const child = spawn(join(root, 'bin/pinchy'), ['openclaw'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...environment },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  context.onEnd(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  for (const deadline = Date.now() + 60_000; !(await isOpen(gatewayPort)); await sleep(100)) {
    if (Date.now() > deadline) throw new Error('The gateway did not come up within a minute.');
  }
  return environment;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.end());
  });
}
