import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A WebSocket without a library: it sends any bytes, also those that the protocol forbids. */
export interface RawSocket {
  send(bytes: Buffer): void;
  /** No more bytes of the server are taken, so that they pile up on its side. */
  stopReading(): void;
  /** The code of the server's close frame; undefined where it dropped the connection without one. */
  closed: Promise<number | undefined>;
  drop(): void;
}

export interface RawFrame {
  opcode: number;
  payload?: Buffer;
  /** Set by default: the last frame of its message. */
  fin?: boolean;
  /** The bit of compressed frames, which was not agreed on. */
  rsv1?: boolean;
  /** Clients have to mask. */
  mask?: boolean;
}

/** One frame of RFC 6455, section 5.2. */
export function encodeFrame({ opcode, payload = Buffer.alloc(0), fin = true, rsv1 = false, mask = true }: RawFrame) {
  const extended = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
  const head = Buffer.alloc(2 + extended);
  head[0] = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode;
  head[1] = (mask ? 0x80 : 0) | (extended === 0 ? payload.length : extended === 2 ? 126 : 127);
  if (extended === 2) head.writeUInt16BE(payload.length, 2);
  if (extended === 8) head.writeBigUInt64BE(BigInt(payload.length), 2);
  if (!mask) return Buffer.concat([head, payload]);
  const key = randomBytes(4);
  return Buffer.concat([head, key, payload.map((byte, index) => byte ^ key[index % 4]!)]);
}

/** Resolves once the server switched protocols. */
export function openRawSocket(url: string, cookie: string): Promise<RawSocket> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(Number(port), hostname);
    let isOpen = false;
    let received = Buffer.alloc(0);
    let code: number | undefined;
    const closed = new Promise<number | undefined>((end) => socket.once('close', () => end(code)));
    socket.on('error', (error) => (isOpen ? undefined : reject(error)));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (!isOpen) {
        const end = received.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = received.subarray(0, end).toString();
        if (!head.startsWith('HTTP/1.1 101')) return reject(new Error(head));
        isOpen = true;
        received = received.subarray(end + 4);
        resolve({
          send: (bytes) => void socket.write(bytes),
          stopReading: () => void socket.pause(),
          closed,
          drop: () => socket.destroy(),
        });
      }
      code ??= readCloseCode(received);
    });
    socket.write(
      [
        'GET /api/ws HTTP/1.1',
        `Host: ${host}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        `Cookie: ${cookie}`,
        '\r\n',
      ].join('\r\n'),
    );
  });
}

/** Of the first close frame among whole, short and unmasked ones, as a server sends them. */
function readCloseCode(received: Buffer): number | undefined {
  for (let at = 0; at + 2 <= received.length;) {
    const short = received[at + 1]!;
    const length = short === 126 ? received.readUInt16BE(at + 2) : short;
    const head = short === 126 ? 4 : 2;
    if (received[at] === 0x88 && at + 4 <= received.length) return received.readUInt16BE(at + 2);
    at += head + length;
  }
  return undefined;
}
