import type { Message, Update } from 'grammy/types';
import type { AgedUpdate } from './update.queries.ts';

/** Programs cut what is longer than Telegram's 4,096 characters where a paragraph or word ends, in the second half. */
const minPieceLength = 2_048;
const maxMessageLength = 4_096;
/** Seconds between two pieces of one paste, as Telegram counts. */
const maxPieceDistance = 2;

const commands = /^\/(start|new|stop|help)(@\w+)?$/i;

const messageOf = (update: AgedUpdate | undefined): Message | undefined =>
  (update?.payload as Update | null | undefined)?.message;

/**
 * What is one question: an update, the photos of one album, or the pieces of one paste. `mayGrow` when more of it may still
 * come, shortly.
 */
export function takeTogether(found: readonly AgedUpdate[]): { updates: AgedUpdate[]; mayGrow: boolean } {
  const [first] = found;
  if (!first) return { updates: [], mayGrow: false };
  if (first.albumId !== null) {
    return { updates: found.filter((update) => update.albumId === first.albumId), mayGrow: true };
  }
  let count = 1;
  while (isContinued(messageOf(found[count - 1]), messageOf(found[count]))) count += 1;
  const isOpen = count === found.length && isCuttable(messageOf(found[count - 1]));
  return { updates: found.slice(0, count), mayGrow: isOpen };
}

const isCuttable = (message: Message | undefined): message is Message =>
  (message?.text?.length ?? 0) >= minPieceLength && message?.forward_origin === undefined;

function isContinued(piece: Message | undefined, next: Message | undefined): boolean {
  if (!isCuttable(piece) || next?.text === undefined || next.forward_origin) return false;
  return (
    next.from?.id === piece.from?.id &&
    next.message_id > piece.message_id &&
    next.date - piece.date <= maxPieceDistance &&
    !commands.test(next.text)
  );
}

/** Joins the pieces of a paste as they were before they were cut, as far as that can be told. */
export function joinPieces(pieces: readonly string[]): string {
  return pieces.reduce((joined, piece, index) => joined + gap(pieces[index - 1] ?? '', piece) + piece);
}

function gap(before: string, after: string): string {
  // White space at a cut is lost. Where there was none, it was cut in the midst, for want of a better place.
  const hadNoPlace = before.length >= maxMessageLength && !/\s/.test(before.slice(minPieceLength));
  if (hadNoPlace) return '';
  return /[\p{L}\p{N},;]$/u.test(before) && /^[\p{Ll}\p{N}("]/u.test(after) ? ' ' : '\n';
}
