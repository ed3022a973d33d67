import { rmSync } from 'node:fs';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Demo } from '../../contract/setup.ts';
import { readConfig } from '../config.ts';
import { issueLicence, makeLicenceKeys } from '../features/licence/issue-licence.ts';
import { exitOnStartError, runServer, type RunningServer, stopOnSignals } from '../main.ts';
import { resourcePath } from '../platform/resources.ts';
import { type DemoModelServer, naturalPace, startDemoModel } from './model-server.ts';
import { administrator, members, samplePassword, stories } from './sample-data.ts';
import { seedDemo } from './seed.ts';

/** Starts a server full of samples on a state directory that is thrown away when it ends. */
export async function startDemo(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'pinchy-demo-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  const started: { model?: DemoModelServer; server?: RunningServer } = {};
  const starting = exitOnStartError(() => start(directory, environment, started));
  stopOnSignals(starting, async () => {
    await started.server?.stop();
    await started.model?.stop();
  });
  try {
    await starting;
  } catch (error) {
    await started.server?.stop();
    await started.model?.stop();
    throw error;
  }
}

async function start(
  directory: string,
  environment: NodeJS.ProcessEnv,
  started: { model?: DemoModelServer; server?: RunningServer },
): Promise<void> {
  const report = (step: string) => process.stdout.write(`  ${step}…\n`);
  const dataRoot = join(directory, 'data');
  await cp(resourcePath('server', 'demo', 'documents'), dataRoot, { recursive: true });
  const keys = makeLicenceKeys();
  const model = await startDemoModel();
  started.model = model;
  // Nothing of a real installation's environment reaches the demo but where it listens.
  const settings = readConfig({
    HOST: environment['HOST'],
    PORT: environment['PORT'],
    PINCHY_HOME: join(directory, 'state'),
    DATA_ROOT: dataRoot,
    PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
    LOG_LEVEL: environment['LOG_LEVEL'] ?? 'warn',
    PINCHY_PROCESSES: '1',
  });
  const server = await runServer({ ...settings, demo: { password: samplePassword, people: samplePeople(), stories } });
  started.server = server;
  model.setPace({ thinking: 0, word: 0 });
  await seedDemo({
    url: server.url,
    modelUrl: model.url,
    licenceKey: await issueLicence(keys.privateKey, {
      org: 'Larkspur Instruments (demo)',
      seats: 25,
      days: 30,
      trial: true,
    }),
    db: server.services.database.db,
    report,
  });
  model.setPace(naturalPace);
  announce(server.url);
}

const samplePeople = (): Demo['people'] => [
  { ...administrator, role: 'admin', groups: [] },
  ...members.map((member) => ({ ...member, role: 'member' as const })),
];

function announce(url: string): void {
  const people = [
    `${administrator.email.padEnd(26)}${administrator.name}, admin`,
    ...members.map(({ email, name, groups }) => `${email.padEnd(26)}${name}, ${groups.join(' and ')}`),
  ];
  process.stdout.write(
    `\n  The Pinchy demo is ready at ${url}\n\n  Sign in as one of these, password ${samplePassword}\n\n` +
      `${people.map((line) => `    ${line}\n`).join('')}\n` +
      '  People, documents and past usage are samples. Answers come from a demo model: rules, not an AI.\n' +
      '  Nothing is kept: Ctrl-C stops the demo and removes all of it.\n\n',
  );
}
