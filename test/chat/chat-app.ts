import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import {
  createAdmin,
  createMember,
  createTestApp,
  type TestApp,
  type TestAppOptions,
  type TestUser,
} from '../create-test-app.ts';
import { type ChatClient, connectClient } from './chat-client.ts';

export interface ChatApp extends TestApp {
  double: ModelDouble;
  admin: TestUser;
  member: TestUser;
  /** Of an agent that everybody may use. */
  agentId: string;
  /** A chat socket; `cookie` for another session than the person's own. */
  open(user: TestUser, cookie?: string): Promise<ChatClient>;
}

/** The server, listening, with a model, an admin, a member and an agent. */
export async function createChatApp(options: TestAppOptions = {}): Promise<ChatApp> {
  const double = await startModelDouble({ kind: 'ollama-local' });
  const app = await createTestApp(options);
  const admin = await createAdmin(app.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
  const agent = await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' });
  const member = await createMember(app.app, admin);
  const address = (await app.listen()).replace('http', 'ws');
  return {
    ...app,
    ...{ double, admin, member, agentId: agent.body.id },
    open: (user, cookie = user.cookie) => connectClient(`${address}/api/ws`, { cookie }),
    async close() {
      await app.close();
      await double.close();
    },
  };
}
