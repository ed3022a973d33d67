import { createHash } from 'node:crypto';
import type { Message } from 'grammy/types';
import { forwardedFrom, repliedTo } from './message-origin.ts';
import { kindOfUntaken, nameOfMedia, type UntakenKind, untakenNames, wordsOf } from './message-words.ts';

/** Files that bots may download (https://core.telegram.org/bots/api#getfile). */
const maxFileBytes = 20 * 1024 * 1024;

export interface TelegramFile {
  fileId: string;
  /** The same for the same file, however often it is sent. */
  uniqueId: string;
  filename: string;
}

export interface ReadMessage {
  /** Without its slash, and only at the beginning of a message that the person wrote. */
  command: string | undefined;
  /** What the agent is told: the words, and where they are from. */
  text: string;
  file: TelegramFile | undefined;
  /** What it has that Pinchy cannot take. */
  untaken: { kind: UntakenKind; isRecording: boolean } | undefined;
  isTooLarge: boolean;
  /** Telegram's own note about the chat, which nobody said. */
  isService: boolean;
}

/** What a person said with a message. */
export function readMessage(message: Message): ReadMessage {
  const words = wordsOf(message);
  const found = findFile(message);
  const isTooLarge = found !== undefined && found.size > maxFileBytes;
  const kind = kindOfUntaken(message);
  const isService =
    words === '' && !nameOfMedia(message) && Object.keys(message).some((field) => serviceFields.has(field));
  const isUnknown = words === '' && !found && !kind && !isService;
  const note = isTooLarge ? nameOfMedia(message) : kind && untakenNames[kind];
  // What came along is named, or the words would be about something that the agent does not know of.
  const missing = words !== '' && note ? `(With ${note}, which cannot be opened here.)` : '';
  const [, command] = /^\/([a-z0-9_]{1,32})(?:@\w+)?(?:\s|$)/i.exec(message.text ?? '') ?? [];
  const isOwn = message.forward_origin === undefined;
  const around = words === '' && !found ? [] : [repliedTo(message), forwardedFrom(message)];
  return {
    command: isOwn ? command?.toLowerCase() : undefined,
    text: [...around, words, missing].filter((part) => part !== '').join('\n\n'),
    file: isTooLarge ? undefined : found,
    untaken: isUnknown
      ? { kind: 'unknown', isRecording: false }
      : kind === undefined
        ? undefined
        : { kind, isRecording: isRecording(message) },
    isTooLarge,
    isService,
  };
}

function findFile(message: Message): (TelegramFile & { size: number }) | undefined {
  const photos = message.photo ?? message.live_photo?.photo;
  const photo = photos?.reduce((largest, size) => (size.width > largest.width ? size : largest));
  if (photo) {
    const filename = `photo-${message.message_id}.jpg`;
    return { fileId: photo.file_id, uniqueId: photo.file_unique_id, filename, size: photo.file_size ?? 0 };
  }
  // Animations carry a document too; they are recordings.
  const { document } = message;
  if (!document || isRecording(message)) return undefined;
  const filename = document.file_name ?? `document-${message.message_id}`;
  return { fileId: document.file_id, uniqueId: document.file_unique_id, filename, size: document.file_size ?? 0 };
}

const isRecording = (message: Message): boolean =>
  Boolean(message.voice ?? message.video ?? message.audio ?? message.video_note ?? message.animation);

/** The service messages of https://core.telegram.org/bots/api#message. */
const serviceFields: ReadonlySet<string> = new Set([
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'chat_owner_left',
  'chat_owner_changed',
  'community_chat_added',
  'community_chat_removed',
  'community_chat_joined',
  'managed_bot_created',
  'message_auto_delete_timer_changed',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'poll_option_added',
  'poll_option_deleted',
  'successful_payment',
  'refunded_payment',
  'users_shared',
  'chat_shared',
  'gift',
  'unique_gift',
  'gift_upgrade_sent',
  'connected_website',
  'write_access_allowed',
  'passport_data',
  'proximity_alert_triggered',
  'boost_added',
  'chat_background_set',
  'checklist_tasks_done',
  'checklist_tasks_added',
  'direct_message_price_changed',
  'paid_message_price_changed',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'giveaway_created',
  'giveaway',
  'giveaway_winners',
  'giveaway_completed',
  'suggested_post_info',
  'suggested_post_approved',
  'suggested_post_approval_failed',
  'suggested_post_declined',
  'suggested_post_paid',
  'suggested_post_refunded',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
  'web_app_data',
]);

/** The same for the same words and file; the two can be told apart. */
export function fingerprintOf(message: Message): string {
  const { text, file } = readMessage(message);
  return `${createHash('sha256').update(text).digest('base64url').slice(0, 22)} ${file?.uniqueId ?? ''}`;
}
