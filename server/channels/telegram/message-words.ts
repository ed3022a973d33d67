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
  if (message.animation) return 'a GIF';
  if (message.photo ?? message.live_photo) return 'a photo';
  if (message.document) return message.document.file_name ? `the file ${message.document.file_name}` : 'a file';
  return nameOfUntaken(message);
}

/** Names what agents cannot be given, such as "a sticker". */
export function nameOfUntaken(message: Content): string | undefined {
  if (message.animation) return 'a GIF';
  if (message.voice) return 'a voice message';
  if (message.audio) return 'an audio file';
  if (message.video ?? message.video_note) return 'a video';
  if (message.sticker) return 'a sticker';
  if (message.story) return 'a story';
  if (message.paid_media) return 'paid media';
  if (message.game) return 'a game';
  return message.invoice ? 'an invoice of Telegram' : undefined;
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
