import { testPassword } from '../test-password.ts';
import { connectClient, type ChatClient } from '../chat/chat-client.ts';

type Address = { readonly url: string };

/** Somebody who keeps their session while servers come and go. */
export interface Visitor {
  readonly cookie: string;
  /** The first admin, with a model and an agent, whose id this resolves to. */
  setUp(server: Address, modelUrl: string): Promise<string>;
  /** Over HTTP; a cookie that the answer sets counts from then on. */
  call(
    server: Address,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> & { id: string } }>;
  /** A form, such as one with a file. */
  post(server: Address, path: string, form: FormData): Promise<Response>;
  connect(server: Address): Promise<ChatClient>;
}

export function createVisitor(): Visitor {
  let cookie = '';
  const visitor: Visitor = {
    get cookie() {
      return cookie;
    },
    async setUp(server, modelUrl) {
      const account = { name: 'Ada', email: 'ada@example.com', password: testPassword };
      await visitor.call(server, 'POST', '/api/setup', account);
      await visitor.call(server, 'POST', '/api/setup/provider', { provider: 'ollama-local', baseUrl: modelUrl });
      return (await visitor.call(server, 'POST', '/api/agents', { name: 'One', templateId: 'custom' })).body.id;
    },
    async call(server, method, path, body) {
      const answer = await fetch(`${server.url}${path}`, {
        method,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const set = answer.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
      if (set.length > 0) cookie = set.join('; ');
      return { status: answer.status, body: (await answer.json()) as never };
    },
    post: (server, path, form) => fetch(`${server.url}${path}`, { method: 'POST', headers: { cookie }, body: form }),
    connect: (server) => connectClient(`${server.url.replace('http', 'ws')}/api/ws`, { cookie }),
  };
  return visitor;
}
