import { configDefaults, defineConfig } from 'vitest/config';

// What takes minutes, with real time limits, full disks and a gateway that starts again and again: `npm run test:long`.
const long = '**/*.long.test.ts';

const server = {
  globalSetup: ['test/global-setup.ts'],
  setupFiles: ['test/remember-passwords.ts'],
  // For what hangs: a slow machine under load is no failure.
  testTimeout: 60_000,
  // A state is waited for until it is there, however busy the machine is; only a failure takes this long.
  expect: { poll: { timeout: 30_000 } },
  hookTimeout: 60_000,
};
const browser = {
  globalSetup: ['test/global-setup.ts'],
  setupFiles: ['test/remember-passwords.ts'],
  // A journey waits most of its time. A run of both starts browsers once the server's files are through.
  sequence: { groupOrder: 1 },
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    // The files of a worker share what they import: a third of the time goes into it otherwise.
    isolate: false,
    // A list that should be empty is told whole: "[ Array(1) ]" does not say what went wrong.
    chaiConfig: { truncateThreshold: 2_000 },
    projects: [
      {
        test: {
          name: 'server',
          include: [
            '{server,contract,web,testkit,scripts,openclaw-plugin}/**/*.test.{ts,tsx}',
            'test/{api,attacks,faults,openclaw}/**/*.test.{ts,tsx}',
          ],
          exclude: [...configDefaults.exclude, long],
          ...server,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: [...configDefaults.exclude, long],
          ...browser,
        },
      },
      {
        test: {
          name: 'server-long',
          include: [
            `{server,test/{attacks,faults,openclaw}}/${long}`,
            'test/faults/kills.test.ts',
            'test/openclaw/same-chat.test.ts',
          ],
          ...server,
        },
      },
      { test: { name: 'browser-long', include: [`test/browser/${long}`], ...browser } },
    ],
  },
});
