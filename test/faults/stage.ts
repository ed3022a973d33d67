import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { createTestDatabase } from '../create-test-app.ts';
import { startServerProcess, type TestServerProcess } from '../server-process.ts';

/** A database and a model's double that outlive the server processes which a test starts and loses. */
export interface FaultStage {
  databaseUrl: string;
  /** The state directory of its servers. */
  home: string;
  double: ModelDouble;
  /** A server process on the stage's database and state directory; killed at the end where it still runs. */
  start(environment?: Record<string, string>): Promise<TestServerProcess>;
  close(): Promise<void>;
}

export async function setFaultStage(): Promise<FaultStage> {
  const database = await createTestDatabase();
  const double = await startModelDouble({ kind: 'ollama-local' });
  const home = mkdtempSync(join(tmpdir(), 'pinchy-faults-'));
  const started: TestServerProcess[] = [];
  return {
    databaseUrl: database.url,
    home,
    double,
    async start(environment = {}) {
      const server = await startServerProcess({
        DATABASE_URL: database.url,
        PINCHY_HOME: home,
        DATA_ROOT: join(home, '..', 'no documents'),
        ...environment,
      });
      started.push(server);
      return server;
    },
    async close() {
      for (const server of started) await server.kill();
      await double.close();
      await database.drop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
