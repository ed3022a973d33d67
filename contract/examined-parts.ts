/** What is examined, as the report names it; pages have a word for each in their own language. */
export const examinedParts = [
  'Audit trail',
  'Background jobs',
  'Backup',
  'Clock',
  'Configuration',
  'Database',
  'Disk',
  'Documents',
  'Domain and proxy',
  'Keys',
  'Machine',
  'Memory',
  'OpenClaw Gateway',
  'Processes',
  'Providers',
  'Queues',
  'Server',
  'Versions',
] as const;
/** A provider is examined under its name. */
export type ExaminedPart = (typeof examinedParts)[number] | `Provider ${string}`;
