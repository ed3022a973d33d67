import type { DoctorReport } from '../../../contract/doctor.ts';
import type { Health } from './finding.ts';

const marks: Record<Health, string> = { well: '✓', notice: '!', wrong: '✗' };

/** One page for a person, which can be pasted into an issue as it is. */
export function writeReport({ version, examinedAt, server, findings }: DoctorReport): string {
  const width = Math.max(...findings.map(({ about }) => about.length));
  const count = (health: Health) => findings.filter((finding) => finding.health === health).length;
  const lines = findings.flatMap(({ about, health, says, next }) => [
    `${marks[health]} ${about.padEnd(width)}  ${says}`,
    ...(next === undefined ? [] : [`${' '.repeat(width + 4)}→ ${next}`]),
  ]);
  const [wrong, notices] = [count('wrong'), count('notice')];
  const verdict = wrong === 0 ? 'Nothing is wrong' : `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong`;
  return [
    `Pinchy ${version}, ${examinedAt.slice(0, 16).replace('T', ' ')} UTC, the server is ${server}`,
    'This page holds versions, sizes, counts and states: no secrets, names, addresses or directories.',
    '',
    ...lines,
    '',
    `${verdict}; ${notices} ${notices === 1 ? 'thing' : 'things'} to look at.`,
    '',
  ].join('\n');
}
