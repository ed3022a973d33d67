import ICAL from 'ical.js';
import { decodeText } from '../text/decode-text.ts';
import { type ExtractedText, extractLimits } from '../document.ts';
import { plainBody } from './letter.ts';
import { markdownDocument } from '../markdown-document.ts';
import { recurrenceText } from './recurrence-text.ts';

type Component = InstanceType<typeof ICAL.Component>;
type Property = InstanceType<typeof ICAL.Property>;
type Time = InstanceType<typeof ICAL.Time>;

/** Events and tasks in words, in the order of their dates. (Format: RFC 5545.) */
export async function extractCalendar(bytes: Buffer): Promise<ExtractedText> {
  const text = await decodeText(bytes);
  const calendars = parse(text);
  if (!calendars) return markdownDocument('calendar', plainBody(text));
  const blocks: string[] = [];
  let characters = 0;
  let left = 0;
  for (const calendar of calendars) {
    const name = textOf(calendar, 'x-wr-calname') || textOf(calendar, 'name');
    if (name !== '') blocks.push(`# ${oneLine(name)}`);
    if (textOf(calendar, 'method').toUpperCase() === 'CANCEL') blocks.push('(This calls off what follows.)');
    const entries = calendar.getAllSubcomponents().filter((component) => component.name in titles);
    for (const entry of entries.sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1))) {
      if (characters > extractLimits.characters) {
        left += 1;
        continue;
      }
      const block = entryText(entry);
      characters += block.length;
      blocks.push(block);
    }
  }
  const document = markdownDocument('calendar', blocks.join('\n\n') || '(no events)', { isCut: left > 0 });
  if (left > 0) document.leftOut = `the last ${left} events`;
  return document;
}

const titles: Record<string, string> = { vevent: 'Event', vtodo: 'Task', vjournal: 'Note' };

function parse(text: string): Component[] | undefined {
  try {
    const parsed: unknown = ICAL.parse(text);
    const all = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed];
    return all.map((calendar: unknown) => new ICAL.Component(Array.isArray(calendar) ? calendar : []));
  } catch {
    return undefined;
  }
}

function entryText(entry: Component): string {
  const all = (name: string) => entry.getAllProperties(name);
  const status = textOf(entry, 'status').toLowerCase();
  const lines: [name: string, value: string][] = [
    ['When', whenText(entry)],
    ['Due', timeText(entry.getFirstProperty('due'))],
    ['Completed', timeText(entry.getFirstProperty('completed'))],
    ['Instead of', timeText(entry.getFirstProperty('recurrence-id'))],
    [
      'Repeats',
      all('rrule')
        .map((rule) => recurrenceText(String(rule.getFirstValue())))
        .join('; '),
    ],
    ['Also on', all('rdate').map(timeText).join(', ')],
    ['Not on', all('exdate').map(timeText).join(', ')],
    ['Where', textOf(entry, 'location')],
    ['Organizer', all('organizer').map(personText).join(', ')],
    ['People', all('attendee').map(personText).join(', ')],
    ['Status', status === 'confirmed' ? '' : status],
    [
      'Categories',
      all('categories')
        .map((property) => property.getValues().join(', '))
        .join(', '),
    ],
    ['Link', textOf(entry, 'url')],
    [
      'Attached',
      all('attach')
        .map((property) => attachedText(property))
        .join(', '),
    ],
  ];
  const title = oneLine(textOf(entry, 'summary')) || `(${titles[entry.name]} without a title)`;
  const head = lines.filter(([, value]) => value.trim() !== '').map(([name, value]) => `${name}: ${oneLine(value)}`);
  const description = plainBody(textOf(entry, 'description'));
  return [[`## ${title}`, ...head].join('\n'), ...(description === '' ? [] : [description])].join('\n\n');
}

/** `Tue 2026-03-03, 09:00 to 10:30 (Europe/Berlin)`; days that are named whole end with their last one. */
function whenText(entry: Component): string {
  const begin = entry.getFirstProperty('dtstart');
  if (!begin) return '';
  const start = timeOf(begin);
  const endProperty = entry.getFirstProperty('dtend');
  const end = endProperty ? timeOf(endProperty) : undefined;
  const length = entry.getFirstPropertyValue('duration');
  if (!start) return String(begin.getFirstValue());
  if (!end) return timeText(begin) + (length ? `, for ${durationText(String(length))}` : '');
  if (start.isDate) {
    const last = end.clone();
    last.adjust(-1, 0, 0, 0);
    return last.compare(start) > 0
      ? `${dayText(start)} to ${dayText(last)} (whole days)`
      : `${dayText(start)} (whole day)`;
  }
  const isSameDay = dayText(start) === dayText(end) && zoneOf(begin) === zoneOf(endProperty);
  if (isSameDay) return `${dayText(start)}, ${clockText(start)} to ${clockText(end)}${zoneText(begin)}`;
  return `${timeText(begin)} to ${timeText(endProperty)}`;
}

function timeText(property: Property | null): string {
  if (!property) return '';
  const texts = property.getValues().map((value: unknown) => {
    if (!(value instanceof ICAL.Time)) return String(value);
    return value.isDate ? dayText(value) : `${dayText(value)}, ${clockText(value)}`;
  });
  const time = timeOf(property);
  return texts.join('; ') + (time && !time.isDate ? zoneText(property) : '');
}

function timeOf(property: Property): Time | undefined {
  const value: unknown = property.getFirstValue();
  return value instanceof ICAL.Time ? value : undefined;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const two = (number: number) => String(number).padStart(2, '0');
const dayText = (time: Time) =>
  `${weekdays[time.dayOfWeek() - 1] ?? ''} ${time.year}-${two(time.month)}-${two(time.day)}`.trim();
const clockText = (time: Time) => `${two(time.hour)}:${two(time.minute)}`;

function zoneOf(property: Property | null): string {
  if (!property) return '';
  const named: unknown = property.getParameter('tzid');
  if (typeof named === 'string') return named;
  return timeOf(property)?.toString().endsWith('Z') === true ? 'UTC' : '';
}

function zoneText(property: Property): string {
  return ` (${zoneOf(property) || 'local time'})`;
}

function durationText(duration: string): string {
  const units: Record<string, string> = { W: 'week', D: 'day', H: 'hour', M: 'minute', S: 'second' };
  return Array.from(duration.matchAll(/(\d+)([WDHMS])/g), ([, count = '', unit = '']) => {
    return `${count} ${units[unit]}${count === '1' ? '' : 's'}`;
  }).join(' ');
}

function personText(property: Property): string {
  const address = String(property.getFirstValue()).replace(/^mailto:/i, '');
  const name: unknown = property.getParameter('cn');
  const answer: unknown = property.getParameter('partstat');
  const shown = typeof name === 'string' && name !== address ? `${name} <${address}>` : address;
  const isTold = typeof answer === 'string' && answer !== 'NEEDS-ACTION';
  return isTold ? `${shown} (${answer.toLowerCase()})` : shown;
}

function attachedText(property: Property): string {
  const name: unknown = property.getParameter('filename') ?? property.getParameter('x-filename');
  const value = String(property.getFirstValue());
  return typeof name === 'string' ? name : /^https?:/.test(value) ? value : 'a file';
}

function textOf(component: Component, name: string): string {
  const value: unknown = component.getFirstPropertyValue(name);
  return value === null || value === undefined ? '' : String(value);
}

function startOf(entry: Component): string {
  const property = entry.getFirstProperty('dtstart') ?? entry.getFirstProperty('due');
  return property ? String(property.getFirstValue()) : '';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
