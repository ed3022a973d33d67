/** Makes something else of a text that comes in pieces. */
export interface TextTransform<Piece> {
  push(text: string): Piece[];
  end(): Piece[];
}

/** Resolves when an answer that grows may go on; undefined when that is now. See `Precedence`. */
export type GiveWay = () => Promise<void> | undefined;

/** Pieces of an answer that are read as they come: with them its first words arrive. */
const firstPieces = 4;

/**
 * Reads a body as text and transforms it, in one stage: each costs as much for a piece as all that is done with the piece.
 * Nothing is read ahead. What comes while an answer gives way waits in the connection, and is then one piece.
 */
export function readText<Piece>(
  body: ReadableStream<Uint8Array>,
  transform: TextTransform<Piece>,
  giveWay: GiveWay | undefined,
): ReadableStream<Piece> {
  const source = body.getReader();
  const decoder = new TextDecoder();
  let pieces = 0;

  function take(bytes: Uint8Array): Piece[] {
    try {
      return transform.push(decoder.decode(bytes, { stream: true }));
    } catch (error) {
      // Nobody reads on, so the peer need not write on.
      void source.cancel(error).catch(() => undefined);
      throw error;
    }
  }

  const finish = () => [...transform.push(decoder.decode()), ...transform.end()];

  return new ReadableStream<Piece>(
    {
      async pull(controller) {
        for (;;) {
          if (pieces >= firstPieces) await giveWay?.();
          const { done, value } = await source.read();
          pieces += 1;
          const made = done ? finish() : take(value);
          for (const piece of made) controller.enqueue(piece);
          if (done) return controller.close();
          if (made.length > 0) return;
        }
      },
      cancel: (reason) => source.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
