import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'server',
          include: [
            '{server,contract,web,testkit,scripts,openclaw-plugin}/**/*.test.{ts,tsx}',
            'test/{api,attacks,faults,openclaw}/**/*.test.{ts,tsx}',
          ],
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 20_000,
          // A state is waited for until it is there, however busy the machine is; only a failure takes this long.
          expect: { poll: { timeout: 8_000 } },
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
