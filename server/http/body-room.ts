import { AppError } from '../platform/errors.ts';

export interface BodyRoomOptions {
  bodiesPerKey: number;
  bytesPerKey: number;
  bodies: number;
  bytes: number;
}

/** Room for bodies that have not arrived in full yet. */
export interface BodyRoom {
  /**
   * Keeps room for a body of so many bytes. Returns what gives it back, to be called once.
   * @throws AppError 429 when this key has too much on the way, 503 when all together have
   */
  enter(key: string, body: { bytes: number }): () => void;
}

/** Seconds until another try makes sense. */
const retryAfter = 5;

export function createBodyRoom(options: BodyRoomOptions): BodyRoom {
  const held = new Map<string, { bodies: number; bytes: number }>();
  const total = { bodies: 0, bytes: 0 };

  return {
    enter(key, { bytes }) {
      const own = held.get(key) ?? { bodies: 0, bytes: 0 };
      if (own.bodies >= options.bodiesPerKey || own.bytes + bytes > options.bytesPerKey) {
        throw new AppError('rate_limited', 'Too much of what you sent has not arrived in full yet. Try again later.', {
          retryAfter,
        });
      }
      if (total.bodies >= options.bodies || total.bytes + bytes > options.bytes) {
        throw new AppError(
          'unavailable',
          'Too much is being sent to this server at the moment. Try again in a moment.',
          {
            retryAfter,
          },
        );
      }
      const change = (bodies: number, size: number) => {
        own.bodies += bodies;
        own.bytes += size;
        total.bodies += bodies;
        total.bytes += size;
      };
      change(1, bytes);
      held.set(key, own);
      return () => {
        change(-1, -bytes);
        if (own.bodies === 0) held.delete(key);
      };
    },
  };
}
