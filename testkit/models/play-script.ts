import type { ServerResponse } from 'node:http';
import type { DoubleUsage, Script } from './script.ts';
import type { Encoder, Wire } from './wire.ts';

interface Play {
  response: ServerResponse;
  script: Script;
  wire: Wire;
  /** Destroys the connection on purpose, so that it does not count as the client's doing. */
  drop(response: ServerResponse): void;
  /** Left out where there is no stream to write: then only waits, errors, redirects and breakdowns have a meaning. */
  encoder?: Encoder;
  model?: string;
  newCallId?(): string;
}

/** Plays a script into a response. `ended` when nothing may be written after it, `open` when the caller still has to answer. */
export async function playScript({
  response,
  script,
  wire,
  drop,
  encoder,
  model,
  newCallId,
}: Play): Promise<'ended' | 'open'> {
  const usage: DoubleUsage = { input: 10, output: 5 };
  let reason: 'stop' | 'tool-calls' | 'length' | 'content-filter' = 'stop';
  let bytesLeft = Number.POSITIVE_INFINITY;
  let started = false;

  /** False once the connection is gone. */
  async function write(text: string): Promise<boolean> {
    if (response.destroyed) return false;
    if (text === '') return true;
    if (!response.headersSent)
      response.writeHead(200, {
        'content-type': encoder?.contentType ?? 'application/json',
        'cache-control': 'no-cache',
      });
    let bytes: string | Buffer = text;
    if (bytesLeft !== Number.POSITIVE_INFINITY) {
      const whole = Buffer.from(text);
      bytes = whole.subarray(0, bytesLeft);
      bytesLeft -= whole.length;
    }
    if (!response.write(bytes)) await untilDrained(response);
    if (bytesLeft > 0) return !response.destroyed;
    await pause(20, response); // Lets what was written reach the client before the connection breaks.
    drop(response);
    return false;
  }

  const begin = () => {
    if (started || !encoder) return '';
    started = true;
    return encoder.start();
  };

  for (const step of script) {
    if (response.destroyed) return 'ended';
    if ('wait' in step) await pause(step.wait, response);
    else if ('usage' in step) Object.assign(usage, step.usage);
    else if ('finish' in step) reason = step.finish;
    else if ('recorded' in step) {
      await writeRecorded(response, step, encoder?.contentType);
      return 'ended';
    } else if ('refuse' in step) {
      const isText = typeof step.body === 'string';
      const contentType = isText ? 'text/html' : 'application/json';
      response.writeHead(step.refuse, { 'content-type': contentType, ...step.headers });
      response.end(isText ? step.body : JSON.stringify(step.body));
      return 'ended';
    } else if ('dropAfterBytes' in step) bytesLeft = step.dropAfterBytes;
    else if ('garbage' in step) {
      if (!(await write(begin() + step.garbage))) return 'ended';
      if (!encoder) return (response.end(), 'ended');
    } else if ('redirect' in step) {
      response.writeHead(302, { location: step.redirect }).end();
      return 'ended';
    } else if ('drop' in step) {
      if (response.headersSent) await pause(20, response);
      drop(response);
      return 'ended';
    } else if ('hang' in step) {
      if (encoder && !started) await write(begin());
      await new Promise<void>((resolve) => response.once('close', resolve));
      return 'ended';
    } else if ('error' in step) {
      if (!response.headersSent) {
        const reply = wire.httpError(step.error, {
          ...(model === undefined ? {} : { model }),
          ...(step.retryAfter === undefined ? {} : { retryAfter: step.retryAfter }),
        });
        response
          .writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
          .end(JSON.stringify(reply.body));
      } else {
        await write(encoder?.error(step.error) ?? '');
        response.end();
      }
      return 'ended';
    } else if ('endEarly' in step) {
      await write(begin());
      response.end();
      return 'ended';
    } else if (!encoder) continue;
    else if ('toolCall' in step) {
      const { name, input, id = newCallId?.() ?? 'call_1' } = step.toolCall;
      if (reason === 'stop') reason = 'tool-calls';
      if (!(await write(begin() + encoder.toolCall({ id, name, input })))) return 'ended';
    } else {
      const [text, encode] = 'text' in step ? [step.text, encoder.text] : [step.thinking, encoder.thinking];
      // Paced by the clock, so that slow writes do not add up.
      const from = performance.now();
      for (const [index, part] of split(text, step.chunks ?? 1).entries()) {
        if (step.delayMs && index > 0) await pause(from + index * step.delayMs - performance.now(), response);
        if (!(await write(begin() + encode(part)))) return 'ended';
      }
    }
  }
  if (!encoder) return 'open';
  if (await write(begin() + encoder.finish({ usage, reason }))) response.end();
  return 'ended';
}

async function writeRecorded(
  response: ServerResponse,
  { recorded, cuts = [], contentType, headers }: Extract<Script[number], { recorded: unknown }>,
  usualType = 'application/json',
): Promise<void> {
  const bytes = Buffer.from(recorded);
  response.writeHead(200, { 'content-type': contentType ?? usualType, ...headers });
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    if (to > from) response.write(bytes.subarray(from, to));
    from = Math.max(from, to);
    // A turn of its own, so that each piece is a packet of its own.
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}

/** Cuts by code points, so that no character is torn. */
function split(text: string, chunks: number): string[] {
  const characters = Array.from(text);
  const count = Math.max(1, Math.min(chunks, characters.length));
  return Array.from({ length: count }, (_, index) =>
    characters
      .slice(Math.floor((index * characters.length) / count), Math.floor(((index + 1) * characters.length) / count))
      .join(''),
  );
}

function pause(milliseconds: number, response: ServerResponse): Promise<void> {
  if (milliseconds <= 0 || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    response.once('close', done);
  });
}

function untilDrained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
}
