import type { Contact, Location, Message, MessageEntity, Poll } from 'grammy/types';

/** What may stand in a message and in one that is replied to. */
export type Content = Partial<
  Pick<
    Message,
    | 'text'
    | 'entities'
    | 'caption'
    | 'caption_entities'
    | 'photo'
    | 'live_photo'
    | 'document'
    | 'animation'
    | 'audio'
    | 'video'
    | 'video_note'
    | 'voice'
    | 'sticker'
    | 'story'
    | 'paid_media'
    | 'game'
    | 'invoice'
    | 'location'
    | 'venue'
    | 'contact'
    | 'poll'
    | 'dice'
    | 'checklist'
  >
>;

/** What it says, its links included: in words where it is no text. Empty for a bare file. */
export function wordsOf(message: Content): string {
  const said = linked(message.text ?? message.caption ?? '', message.entities ?? message.caption_entities);
  return [said, ...thingsIn(message)].filter((part) => part !== '').join('\n\n');
}

/** Names what has no words, such as "a photo"; undefined for anything else. */
export function nameOfMedia(message: Content): string | undefined {
  // An animation carries a document too.
  if (message.animation) return untakenNames.gif;
  if (message.photo ?? message.live_photo) return 'a photo';
  if (message.document) return message.document.file_name ? `the file ${message.document.file_name}` : 'a file';
  const kind = kindOfUntaken(message);
  return kind && untakenNames[kind];
}

/** What agents cannot be given. */
export type UntakenKind =
  'gif' | 'voice' | 'audio' | 'video' | 'sticker' | 'story' | 'paidMedia' | 'game' | 'invoice' | 'unknown';

/** As agents are told of it, in English. */
export const untakenNames: Record<UntakenKind, string> = {
  gif: 'a GIF',
  voice: 'a voice message',
  audio: 'an audio file',
  video: 'a video',
  sticker: 'a sticker',
  story: 'a story',
  paidMedia: 'paid media',
  game: 'a game',
  invoice: 'an invoice of Telegram',
  unknown: 'this kind of message',
};

export function kindOfUntaken(message: Content): UntakenKind | undefined {
  if (message.animation) return 'gif';
  if (message.voice) return 'voice';
  if (message.audio) return 'audio';
  if (message.video ?? message.video_note) return 'video';
  if (message.sticker) return 'sticker';
  if (message.story) return 'story';
  if (message.paid_media) return 'paidMedia';
  if (message.game) return 'game';
  return message.invoice ? 'invoice' : undefined;
}

/** Text with the addresses behind its words, as Markdown has them. */
export function linked(text: string, entities: readonly MessageEntity[] = []): string {
  let result = text;
  for (const entity of entities.toSorted((left, right) => right.offset - left.offset)) {
    if (entity.type !== 'text_link') continue;
    const end = entity.offset + entity.length;
    const words = text.slice(entity.offset, end);
    if (words === entity.url) continue;
    const shown = words.trim() === '' ? entity.url : words.replaceAll(/[[\]\\]/g, '\\$&');
    result = `${result.slice(0, entity.offset)}[${shown}](${addressOf(entity.url)})${result.slice(end)}`;
  }
  return result;
}

const addressOf = (url: string) => (/[\s()<>]/.test(url) ? `<${url.replaceAll(/[<>\s]/g, encodeURIComponent)}>` : url);

function thingsIn({ location, venue, contact, poll, dice, checklist }: Content): string[] {
  return [
    // A venue has its location in the message as well.
    ...(venue ? [`Place: ${[venue.title, venue.address].filter(Boolean).join(', ')}\n${placeOf(venue.location)}`] : []),
    ...(location && !venue ? [placeOf(location)] : []),
    ...(contact ? [contactOf(contact)] : []),
    ...(poll ? [pollOf(poll)] : []),
    ...(dice ? [`${dice.emoji} ${dice.value}`] : []),
    ...(checklist
      ? [
          [
            `Checklist: ${checklist.title}`,
            ...checklist.tasks.map((task) => `- [${task.completion_date ? 'x' : ' '}] ${task.text}`),
          ].join('\n'),
        ]
      : []),
  ];
}

function placeOf({ latitude, longitude, live_period: livePeriod }: Location): string {
  const name = livePeriod === undefined ? 'Location' : 'Live location, as it was when it was sent';
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`;
  return `${name}: latitude ${latitude}, longitude ${longitude} (${map})`;
}

/** Lines of a vCard (RFC 6350) that repeat what Telegram says apart, or hold a picture. */
const repeated = /^(BEGIN|END|VERSION|N|FN|TEL|PHOTO|PRODID|REV)\b/i;

function contactOf({ first_name: first, last_name: last, phone_number: phone, vcard }: Contact): string {
  const more = (vcard ?? '').split(/\r?\n/).filter((line) => line.includes(':') && !/^\s/.test(line));
  return [
    `Contact: ${[first, last].filter(Boolean).join(' ')}, ${phone}`,
    ...more.filter((line) => !repeated.test(line)).slice(0, 20),
  ].join('\n');
}

function pollOf(poll: Poll): string {
  const votes = (count: number) => (count > 0 ? ` (${count} ${count === 1 ? 'vote' : 'votes'})` : '');
  return [
    `${poll.type === 'quiz' ? 'Quiz' : 'Poll'}: ${poll.question}`,
    ...poll.options.map((option) => `- ${option.text}${votes(option.voter_count)}`),
    ...(poll.is_closed ? ['It is closed.'] : []),
  ].join('\n');
}
