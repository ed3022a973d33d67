import { expect } from 'vitest';
import { type DoubleKind, type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestAppOptions, type TestUser } from '../create-test-app.ts';
import type { Device } from './devices.ts';
import { openVisitor, type Visitor } from './visitor.ts';

/** A product that is set up, with a model behind it, and the people who look at it. */
export interface Journey {
  server: TestApp;
  model: ModelDouble;
  admin: TestUser;
  address: string;
  /** Somebody opens a browser; without a person as a stranger. */
  visit(user?: TestUser): Promise<Visitor>;
  /** Makes a shared agent, out of sight, and returns its id. */
  createAgent(name: string, more?: Record<string, unknown>): Promise<string>;
  /** What anybody saw of errors, failed requests and inaccessible things. */
  problems(): string[];
  close(): Promise<void>;
}

interface JourneyOptions extends TestAppOptions {
  /** Whose wire format the model speaks; Anthropic's has prices and keys. */
  provider?: Extract<DoubleKind, 'ollama-local' | 'anthropic'>;
}

export async function startJourney(device: Device, options: JourneyOptions = {}): Promise<Journey> {
  const { provider = 'ollama-local', environment, ...rest } = options;
  const model = await startModelDouble({ kind: provider });
  const server = await createTestApp({ ...rest, environment: { ...environment, ANTHROPIC_BASE_URL: model.url } });
  const admin = await createAdmin(server.app);
  const connected = await admin.request('POST', '/api/settings/providers', {
    provider,
    ...(provider === 'anthropic' ? { apiKey: 'sk-of-the-double' } : { baseUrl: model.url }),
  });
  expect(connected).toMatchObject({ status: 200 });
  const address = await server.listen();
  const visitors: Visitor[] = [];
  return {
    server,
    model,
    admin,
    address,
    async visit(user) {
      const visitor = await openVisitor({ address, device, user });
      visitors.push(visitor);
      return visitor;
    },
    async createAgent(name, more = {}) {
      const answer = await admin.request('POST', '/api/agents', { name, templateId: 'custom', ...more });
      expect(answer.status).toBe(201);
      return answer.body.id as string;
    },
    problems: () => visitors.flatMap(({ problems }) => problems),
    async close() {
      await Promise.all(visitors.map((visitor) => visitor.close()));
      await server.close();
      await model.close();
    },
  };
}
