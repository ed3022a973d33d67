import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { anthropicWire } from './models/anthropic.ts';
import { googleWire } from './models/google.ts';
import { ollamaCloudWire, ollamaLocalWire } from './models/ollama.ts';
import { openAiWire } from './models/openai.ts';
import { embedText, tokensOf } from './models/embeddings.ts';
import { playScript } from './models/play-script.ts';
import type { DoubleKind, DoubleModel, EmbeddingRequest, RecordedRequest, Responder, Script } from './models/script.ts';
import { isRecord, type PlainReply, type Wire } from './models/wire.ts';

export type { DoubleKind, DoubleModel, RecordedRequest, Script, Step } from './models/script.ts';

const wires: Record<DoubleKind, Wire> = {
  anthropic: anthropicWire,
  openai: openAiWire,
  google: googleWire,
  'ollama-cloud': ollamaCloudWire,
  'ollama-local': ollamaLocalWire,
};

export interface ModelDouble {
  kind: DoubleKind;
  /** Exactly what the base URL of this provider takes, with `/v1` or `/v1beta` where the service has it. */
  url: string;
  models: DoubleModel[];
  requests: RecordedRequest[];
  /** Requests whose client went away before the answer was complete. */
  disconnects: { request: RecordedRequest; at: number }[];
  /** How every chat request is answered from now on. Without it, the answer is "Hello." */
  respond(responder: Responder): void;
  /** Requests for the title of a conversation, which come by themselves beside those for answers and are not among them. */
  titleRequests: RecordedRequest[];
  /** How those are answered; until then with nothing, which counts nothing. */
  respondToTitles(responder: Responder): void;
  /** How the next chat request without such a script is answered, once; several calls queue up. */
  respondNext(script: Script): void;
  /** Plays these steps before, or instead of, the model list; null goes back to the list alone. */
  respondToModelList(script: Script | null): void;
  /** Plays these steps before, or instead of, vectors; null gives vectors alone, as at the beginning. */
  respondToEmbeddings(script: Script | ((request: EmbeddingRequest) => Script | null) | null): void;
  close(): Promise<void>;
}

const titlePrompt = /^You name conversations between a person and an AI agent/;

/** Starts a real HTTP server on 127.0.0.1 that speaks one provider's wire format and does what it is told. */
export async function startModelDouble(options: {
  kind: DoubleKind;
  models?: DoubleModel[];
  apiKey?: string;
  port?: number;
  /** Answers as a gateway in front of the service does. */
  isProxy?: boolean;
}): Promise<ModelDouble> {
  const wire = wires[options.kind];
  const requests: RecordedRequest[] = [];
  const disconnects: ModelDouble['disconnects'] = [];
  const queue: Script[] = [];
  const sockets = new Set<Socket>();
  let responder: Responder = [{ text: 'Hello.' }];
  let titleResponder: Responder = [{ usage: { input: 0, output: 0 } }];
  const titleRequests: RecordedRequest[] = [];
  let listScript: Script | null = null;
  let embeddingScript: Parameters<ModelDouble['respondToEmbeddings']>[0] = null;
  let chatCount = 0;

  const double: ModelDouble = {
    kind: options.kind,
    url: '',
    // What a test changes about a model is not so in the next one.
    models: structuredClone(options.models ?? wire.defaultModels),
    requests,
    disconnects,
    respond: (next) => void (responder = next),
    titleRequests,
    respondToTitles: (next) => void (titleResponder = next),
    respondNext: (script) => void queue.push(script),
    respondToModelList: (script) => void (listScript = script),
    respondToEmbeddings: (script) => void (embeddingScript = script),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '/', 'http://double');
    const text = await readBody(message);
    const parsed = parseJson(text);
    const recorded: RecordedRequest = {
      method: message.method ?? 'GET',
      path: message.url ?? '/',
      headers: message.headers,
      body: parsed ?? text,
      at: performance.now(),
    };
    requests.push(recorded);
    response.on('close', () => {
      if (!response.writableFinished && !response.errored && !deliberatelyDropped.has(response))
        disconnects.push({ request: recorded, at: performance.now() });
    });

    const routed = wire.route(
      { message, url, body: isRecord(parsed) ? parsed : {}, bodyIsValid: isRecord(parsed) },
      { models: double.models, apiKey: options.apiKey, isProxy: options.isProxy ?? false },
    );
    const reply = (plain: PlainReply) => sendPlain(response, plain);
    if (routed.kind === 'plain') return reply(routed.reply);
    if (routed.kind === 'list') {
      if (listScript && (await playScript({ response, script: listScript, wire, drop })) === 'ended') return;
      return reply(routed.reply);
    }
    if (routed.kind === 'embedding') {
      const { model, texts } = (recorded.embedding = routed.request);
      const script = typeof embeddingScript === 'function' ? embeddingScript(routed.request) : embeddingScript;
      if (script && (await playScript({ response, script, wire, drop })) === 'ended') return;
      const dimensions = double.models.find(({ id }) => id === model)?.dimensions ?? 256;
      return reply(
        routed.reply(
          texts.map((one) => embedText(one, dimensions)),
          tokensOf(texts),
        ),
      );
    }
    recorded.chat = routed.request;
    const isTitle = titlePrompt.test(routed.request.system);
    if (isTitle) titleRequests.push(...requests.splice(requests.indexOf(recorded), 1));
    const index = isTitle ? titleRequests.length - 1 : chatCount++;
    const next = isTitle ? titleResponder : (queue.shift() ?? responder);
    const script = typeof next === 'function' ? await next(routed.request, index) : next;
    await playScript({ response, script, wire, drop, encoder: routed.encoder, model: routed.request.model, newCallId });
  }

  const deliberatelyDropped = new WeakSet<ServerResponse>();
  const drop = (response: ServerResponse) => {
    deliberatelyDropped.add(response);
    response.socket?.destroy();
  };
  const newCallId = () =>
    `${options.kind === 'anthropic' ? 'toolu_' : 'call_'}${randomUUID().replaceAll('-', '').slice(0, 24)}`;

  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    answer(message, response).catch((error: unknown) => {
      // A mistake in a test's script function must show in that test, not hang it.
      if (!response.headersSent)
        sendPlain(response, {
          status: 500,
          body: { error: { message: `the double failed: ${String(error)}`, type: 'double' } },
        });
      else drop(response);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve),
  );
  double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${wire.basePath}`;
  return double;
}

function sendPlain(response: ServerResponse, { status, headers, body }: PlainReply): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

async function readBody(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
