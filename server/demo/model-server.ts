import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChatRequest, chatRequestSchema, type DemoStep } from './demo-conversation.ts';
import { nextStep } from './demo-step.ts';

/** What the model list shows; the tag says what it is wherever the name appears. */
export const demoModelId = 'demo-model:rule-based-not-an-ai';

export interface DemoModelServer {
  url: string;
  /** Milliseconds before an answer and between its words; 0 while the samples are made. */
  setPace(pace: { thinking: number; word: number }): void;
  stop(): Promise<void>;
}

export const naturalPace = { thinking: 450, word: 38 };
const maxBodyBytes = 32 * 1024 * 1024;

/**
 * Serves the rule-based demo model on a free port of the loopback, in the wire format of Ollama:
 * https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export async function startDemoModel(): Promise<DemoModelServer> {
  let pace = naturalPace;
  const server = createServer((request, response) => {
    answer(request, response, () => pace).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, 500, { error: `The demo model failed: ${String(error)}` });
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setPace(next) {
      pace = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  pace: () => typeof naturalPace,
): Promise<void> {
  const route = `${request.method} ${request.url}`;
  if (route === 'GET /') return void response.end('Ollama is running');
  if (route === 'GET /api/version') return send(response, 200, { version: '0.13.0' });
  if (route === 'GET /api/tags') return send(response, 200, { models: [description()] });
  if (route !== 'POST /api/show' && route !== 'POST /api/chat')
    return send(response, 404, { error: '404 page not found' });
  const body = await readJson(request);
  if (body === undefined) return send(response, 400, { error: 'The body is not JSON.' });
  if ((body as { model?: unknown }).model !== demoModelId) return send(response, 404, { error: 'model not found' });
  if (route === 'POST /api/show') return send(response, 200, shown());
  const parsed = chatRequestSchema.safeParse(body);
  if (!parsed.success) return send(response, 400, { error: `The request does not fit: ${parsed.error.message}` });
  await stream(parsed.data, response, pace());
}

async function stream(request: ChatRequest, response: ServerResponse, pace: typeof naturalPace): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const wait = async (milliseconds: number) => {
    if (milliseconds > 0) await sleep(milliseconds, undefined, { signal: gone.signal });
  };
  const step = nextStep(request);
  if (!request.stream) return send(response, 200, { ...frame(messageOf(step)), ...ending(request, step) });
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const write = (value: object) => response.write(`${JSON.stringify(value)}\n`);
  try {
    await wait(pace.thinking);
    for (const word of step.text.match(/\s*\S+|\s+$/g) ?? []) {
      write({ ...frame({ content: word }), done: false });
      // Words come unevenly, as a model's do.
      await wait(pace.word * (0.5 + (word.length % 7) / 6));
    }
    if (step.toolCalls.length > 0) write({ ...frame(messageOf({ ...step, text: '' })), done: false });
    response.end(`${JSON.stringify({ ...frame({ content: '' }), ...ending(request, step) })}\n`);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

const frame = (message: { content: string }) => ({
  model: demoModelId,
  created_at: new Date().toISOString(),
  message: { role: 'assistant', ...message },
});

const messageOf = ({ text, toolCalls }: DemoStep) => ({
  content: text,
  ...(toolCalls.length > 0 && {
    tool_calls: toolCalls.map(({ name, input }, index) => ({
      id: `call_${randomUUID().replaceAll('-', '').slice(0, 12)}`,
      function: { index, name, arguments: input },
    })),
  }),
});

/** Counts as models do, roughly: four characters a token. */
function ending(request: ChatRequest, step: DemoStep) {
  const tokensOf = (value: unknown) => Math.max(1, Math.ceil((JSON.stringify(value)?.length ?? 0) / 4));
  return {
    done: true,
    done_reason: 'stop',
    prompt_eval_count: tokensOf(request.messages) + tokensOf(request.tools),
    eval_count: tokensOf(step),
  };
}

const details = {
  format: 'rules',
  family: 'demo',
  families: ['demo'],
  parameter_size: '0',
  quantization_level: 'none',
};
const description = () => ({
  name: demoModelId,
  model: demoModelId,
  modified_at: '2026-01-01T00:00:00Z',
  size: 0,
  digest: '0'.repeat(64),
  details,
});
const shown = () => ({
  details,
  capabilities: ['completion', 'tools'],
  model_info: {
    'general.architecture': 'demo',
    'general.name': 'Demo model (rule-based, not an AI)',
    'demo.context_length': 131_072,
  },
});

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
