const units: Record<string, [one: string, many: string]> = {
  SECONDLY: ['second', 'seconds'],
  MINUTELY: ['minute', 'minutes'],
  HOURLY: ['hour', 'hours'],
  DAILY: ['day', 'days'],
  WEEKLY: ['week', 'weeks'],
  MONTHLY: ['month', 'months'],
  YEARLY: ['year', 'years'],
};
const days: Record<string, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const months = 'January February March April May June July August September October November December'.split(' ');

/** A rule in words: `every 2 weeks on Monday and Wednesday until 2026-06-30`. (Format: RFC 5545, 3.3.10.) */
export function recurrenceText(rule: string): string {
  const parts = new Map(
    rule.split(';').map((part) => [part.split('=')[0]?.toUpperCase() ?? '', part.split('=')[1] ?? '']),
  );
  const unit = units[parts.get('FREQ') ?? ''];
  if (!unit) return rule;
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const list = (name: string) => (parts.get(name) ?? '').split(',').filter((value) => value !== '');
  const position = list('BYSETPOS');
  const onDays = list('BYDAY').map(dayText);
  const words = [interval === 1 ? `every ${unit[0]}` : `every ${interval} ${unit[1]}`];
  if (list('BYMONTH').length > 0)
    words.push(`in ${joined(list('BYMONTH').map((month) => months[Number(month) - 1] ?? month))}`);
  if (list('BYMONTHDAY').length > 0) words.push(`on day ${joined(list('BYMONTHDAY').map(monthDayText))}`);
  if (onDays.length > 0)
    words.push(`on ${position.length > 0 ? `the ${joined(position.map(ordinal))} of ` : ''}${joined(onDays)}`);
  const hours = list('BYHOUR');
  if (hours.length > 0) words.push(`at ${joined(hours.map((hour) => `${hour}:00`))}`);
  const until = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(parts.get('UNTIL') ?? '');
  if (until) words.push(`until ${until[1]}-${until[2]}-${until[3]}`);
  const count = parts.get('COUNT');
  if (count !== undefined) words.push(`(${count === '1' ? 'once' : `${count} times`})`);
  return words.join(' ');
}

function dayText(day: string): string {
  const [, position = '', name = ''] = /^([+-]?\d*)([A-Z]{2})$/.exec(day.toUpperCase()) ?? [];
  const word = days[name] ?? day;
  return position === '' ? word : `the ${ordinal(position)} ${word}`;
}

function monthDayText(day: string): string {
  return day.startsWith('-') ? `${ordinal(day)} of the month` : day;
}

function ordinal(position: string): string {
  const number = Math.abs(Number(position));
  const ending = number % 100 >= 11 && number % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  if (!position.startsWith('-')) return `${number}${ending}`;
  return number === 1 ? 'last' : `${number}${ending} to last`;
}

function joined(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
