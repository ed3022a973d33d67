import type { ExaminedPart } from '../../contract/examined-parts.ts';

/** Texts of the page for problems. */
export const report = {
  title: 'Report a problem',
  description: 'What is well with this installation and what is not, to pass on to whoever helps you.',
  descriptionMember: 'When something does not work.',
  installation: 'This installation',
  installationHint:
    'The page of “pinchy doctor”: versions, sizes, counts and states. It holds no secrets, names, addresses or directories, so it can go into a public issue. Copied and downloaded it is in English, for whoever helps.',
  again: 'Examine again',
  well: 'Nothing is wrong',
  wrong_one: 'One thing is wrong',
  wrong_other: '{{count}} things are wrong',
  examined: 'Pinchy {{version}}, examined {{date}}',
  copy: 'Copy the report',
  copied: 'The report is copied',
  download: 'Download it',
  health: { well: 'Well', notice: 'Worth a look', wrong: 'Wrong' },
  provider: 'Provider {{name}}',
  parts: {
    'Audit trail': 'Audit trail',
    'Background jobs': 'Background jobs',
    Backup: 'Backup',
    Clock: 'Clock',
    Configuration: 'Configuration',
    Database: 'Database',
    Disk: 'Disk',
    Documents: 'Documents',
    'Domain and proxy': 'Domain and proxy',
    Keys: 'Keys',
    Machine: 'Machine',
    Memory: 'Memory',
    'OpenClaw Gateway': 'OpenClaw Gateway',
    Processes: 'Processes',
    Providers: 'Providers',
    Queues: 'Queues',
    Server: 'Server',
    Versions: 'Versions',
  } satisfies Record<Exclude<ExaminedPart, `Provider ${string}`>, string>,
  ask: 'Whom to ask',
  askHint:
    'These people administer Pinchy. Tell them what you did, what you expected and what happened, and when; if a message named a request, its number too.',
};
