import type { Message } from 'grammy/types';

/** Files that bots may download (https://core.telegram.org/bots/api#getfile). */
const largestFileBytes = 20 * 1024 * 1024;

export interface TelegramFile {
  fileId: string;
  filename: string;
}

export interface ReadMessage {
  /** Without its slash, and only at the beginning of a message. */
  command: string | undefined;
  text: string;
  file: TelegramFile | undefined;
  /** What it has that Pinchy cannot take. */
  problem: 'unsupported' | 'too-large' | undefined;
}

/** What a person said with a message. */
export function readMessage(message: Message): ReadMessage {
  const text = message.text ?? message.caption ?? '';
  const [, command] = /^\/([a-z0-9_]{1,32})(?:@\w+)?(?:\s|$)/i.exec(message.text ?? '') ?? [];
  const found = findFile(message);
  const isTooLarge = found !== undefined && found.size > largestFileBytes;
  const isEmpty = text === '' && !found;
  return {
    command: command?.toLowerCase(),
    text,
    file: isTooLarge ? undefined : found,
    problem: isTooLarge ? 'too-large' : isEmpty || isRecording(message) ? 'unsupported' : undefined,
  };
}

function findFile(message: Message): (TelegramFile & { size: number }) | undefined {
  const photo = message.photo?.reduce((largest, size) => (size.width > largest.width ? size : largest));
  if (photo) {
    const filename = `photo-${message.message_id}.jpg`;
    return { fileId: photo.file_id, filename, size: photo.file_size ?? 0 };
  }
  // Animations carry a document too; they are recordings.
  const { document } = message;
  if (!document || isRecording(message)) return undefined;
  const filename = document.file_name ?? `document-${message.message_id}`;
  return { fileId: document.file_id, filename, size: document.file_size ?? 0 };
}

const isRecording = (message: Message): boolean =>
  Boolean(message.voice ?? message.video ?? message.audio ?? message.video_note ?? message.animation);
