import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { createBotState, type BotState, type DoubleBot } from './bot-state.ts';
import { methods, type Payload } from './methods.ts';
import { enterChat, type PersonInChat } from './person.ts';
import { TelegramFault } from './wire.ts';

export type { DoubleBot } from './bot-state.ts';
export type { PersonInChat } from './person.ts';

export interface RecordedCall {
  bot: DoubleBot;
  method: string;
  payload: Payload;
  at: number;
}

/** A fault for the next calls of a method; `gone` breaks the connection instead of an answer, `silent` never answers. */
export type PlannedFault = { code: number; description: string; retryAfter?: number } | 'gone' | 'silent';

export type PlannedRefusal = { code: number; description: string };

export interface TelegramDouble {
  /** What TELEGRAM_API_ROOT takes. */
  url: string;
  calls: RecordedCall[];
  createBot(username: string): DoubleBot;
  /** A person's private chat with a bot, which exists once they have written. */
  chat(bot: DoubleBot, person: { id: number; firstName?: string; languageCode?: string }): PersonInChat;
  group(bot: DoubleBot, person: { id: number; firstName?: string }, group: { id: number; title: string }): PersonInChat;
  /** The bot's own side: pending updates, webhook, commands. */
  stateOf(bot: DoubleBot): Readonly<BotState>;
  fail(method: string, ...faults: PlannedFault[]): void;
  /** Refuses every message of which it returns a description, for good. */
  refuseMessages(refuse: (text: string, isHtml: boolean) => PlannedRefusal | undefined): void;
  /** From now on as a Bot API server with `--local`: files lie in the directory, `getFile` names them there. */
  keepFilesIn(directory: string): void;
  /** The token does not count any more, as after `/revoke` at BotFather. */
  revoke(bot: DoubleBot): void;
  /** Another program that polls the same token until it is stopped, and swallows what it gets. */
  pollElsewhere(bot: DoubleBot): { stop(): Promise<void> };
  /** Where a webhook's host really is; hosts that are not here do not resolve. */
  routeHost(host: string, target: string): void;
  close(): Promise<void>;
}

/** The Bot API (https://core.telegram.org/bots/api) with the chats behind it, on 127.0.0.1. */
export async function startTelegramDouble(): Promise<TelegramDouble> {
  const bots = new Map<string, BotState>();
  const planned = new Map<string, PlannedFault[]>();
  const hosts = new Map<string, string>();
  let filesIn: string | undefined;
  let refuse: Parameters<TelegramDouble['refuseMessages']>[0] = () => undefined;
  const calls: RecordedCall[] = [];
  const delivering = new Set<BotState>();
  let closed = false;

  async function deliver(bot: BotState): Promise<void> {
    if (!bot.webhook || delivering.has(bot)) return;
    delivering.add(bot);
    try {
      while (bot.webhook && bot.pending.length > 0 && !closed) {
        const [update] = bot.pending;
        const status = await post(bot.webhook, hosts, update).catch(() => 0);
        if (status >= 200 && status < 300) {
          bot.pending = bot.pending.filter((candidate) => candidate !== update);
          continue;
        }
        const message = status === 0 ? 'Connection refused' : `Wrong response from the webhook: ${status}`;
        bot.webhookError = { date: Math.floor(Date.now() / 1_000), message };
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    } finally {
      delivering.delete(bot);
    }
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '/', 'http://telegram');
    const body = await readBody(message);
    const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(url.pathname);
    if (file && filesIn !== undefined) throw new TelegramFault(404, 'Not Found');
    if (file) return sendFile(response, bots.get(file[1] ?? ''), file[2] ?? '');
    const [, token = '', name = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    if (!/^\d+:[\w-]+$/.test(token)) throw new TelegramFault(404, 'Not Found');
    const bot = bots.get(token);
    if (!bot) throw new TelegramFault(401, 'Unauthorized');
    const payload = { ...Object.fromEntries(url.searchParams), ...body };
    calls.push({ bot, method: name, payload, at: Date.now() });
    const fault = planned.get(name.toLowerCase())?.shift();
    if (fault === 'gone') return void response.destroy();
    if (fault === 'silent') return;
    if (fault) {
      const parameters = fault.retryAfter === undefined ? undefined : { retry_after: fault.retryAfter };
      throw new TelegramFault(fault.code, fault.description, parameters);
    }
    const refusal = /^(sendmessage|editmessagetext)$/i.test(name)
      ? refuse(String(payload['text']), payload['parse_mode'] === 'HTML')
      : undefined;
    if (refusal) throw new TelegramFault(refusal.code, refusal.description);
    if (filesIn !== undefined && name.toLowerCase() === 'getfile')
      return send(response, 200, { ok: true, result: await localFile(bot, payload, filesIn) });
    const method = methods[name.toLowerCase()];
    if (!method) throw new TelegramFault(404, 'Not Found: method not found');
    const result = await method(bot, payload, {
      resolvesHost: (host) => hosts.has(host),
      onGone: (gone) => response.once('close', gone),
    });
    send(response, 200, { ok: true, result });
    if (name.toLowerCase() === 'setwebhook') void deliver(bot);
  }

  const server = createServer((message, response) => {
    answer(message, response).catch((error: unknown) => {
      const fault = error instanceof TelegramFault ? error : new TelegramFault(500, `Internal Server Error: ${error}`);
      const { code, message: description, parameters } = fault;
      send(response, code, { ok: false, error_code: code, description, ...(parameters && { parameters }) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function stateOf(bot: DoubleBot): BotState {
    const state = bots.get(bot.token);
    if (!state) throw new Error('This bot was revoked.');
    return state;
  }

  return {
    url,
    calls,
    createBot(username) {
      const bot = createBotState({ username, onQueued: (state) => void deliver(state) });
      bots.set(bot.token, bot);
      return bot;
    },
    chat: (bot, { firstName = 'Pat', ...person }) => enterChat(stateOf(bot), { firstName, ...person }),
    group: (bot, { id, firstName = 'Pat' }, group) => enterChat(stateOf(bot), { id, firstName }, group),
    stateOf,
    fail: (method, ...faults) =>
      void planned.set(method.toLowerCase(), [...(planned.get(method.toLowerCase()) ?? []), ...faults]),
    keepFilesIn: (directory) => void (filesIn = directory),
    refuseMessages: (test) => void (refuse = test),
    revoke: (bot) => void bots.delete(bot.token),
    pollElsewhere(bot) {
      const controller = new AbortController();
      const polling = pollUntilStopped(`${url}/bot${bot.token}/getUpdates`, controller.signal);
      return {
        async stop() {
          controller.abort();
          await polling;
        },
      };
    },
    routeHost: (host, target) => void hosts.set(host, target),
    close() {
      closed = true;
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function pollUntilStopped(address: string, signal: AbortSignal): Promise<void> {
  let offset = 0;
  while (!signal.aborted) {
    try {
      const answer = await fetch(`${address}?timeout=20&offset=${offset}`, { signal });
      const body = (await answer.json()) as { ok: boolean; result: { update_id: number }[] };
      for (const update of body.ok ? body.result : []) offset = update.update_id + 1;
      if (!body.ok) await new Promise((resolve) => setTimeout(resolve, 30));
    } catch {
      // Stopped.
    }
  }
}

/** Posts an update as Telegram does. The host is the webhook's, the connection goes to where the test put it. */
function post(
  webhook: { url: string; secret: string | undefined },
  hosts: Map<string, string>,
  update: unknown,
): Promise<number> {
  const wanted = new URL(webhook.url);
  const target = new URL(hosts.get(wanted.hostname) ?? 'http://127.0.0.1:9');
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: target.hostname,
        port: target.port,
        path: wanted.pathname,
        method: 'POST',
        headers: {
          host: wanted.host,
          'x-forwarded-proto': 'https',
          'content-type': 'application/json',
          ...(webhook.secret && { 'x-telegram-bot-api-secret-token': webhook.secret }),
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    request.on('error', reject);
    request.end(JSON.stringify(update));
  });
}

async function readBody(message: IncomingMessage): Promise<Payload> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  const isJson = message.headers['content-type']?.startsWith('application/json');
  return isJson ? (JSON.parse(text) as Payload) : Object.fromEntries(new URLSearchParams(text));
}

async function localFile(bot: BotState, payload: Payload, directory: string): Promise<object> {
  const file = bot.files.get(String(payload['file_id']));
  if (!file) throw new TelegramFault(400, 'Bad Request: invalid file_id');
  const path = join(directory, bot.token, file.path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.bytes);
  return { file_id: payload['file_id'], file_unique_id: 'local', file_size: file.size, file_path: path };
}

function sendFile(response: ServerResponse, bot: BotState | undefined, path: string): void {
  const file = [...(bot?.files.values() ?? [])].find((candidate) => candidate.path === path);
  if (!file) throw new TelegramFault(404, 'Not Found');
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.bytes.length });
  response.end(file.bytes);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
