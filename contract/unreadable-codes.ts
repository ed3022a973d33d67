/** Why documents cannot be read; pages have a sentence for each in their own language. */
export const unreadableCodes = [
  'password',
  'protected',
  'too_large',
  'too_heavy',
  'archive',
  'encoding',
  'picture',
  'damaged',
  'no_text',
  'no_permission',
  'failed',
  'needs_export',
  'program',
  'data_file',
  'recording',
  'mail_store',
  'shortcut',
  'unsupported',
  'unreadable',
] as const;

export type UnreadableCode = (typeof unreadableCodes)[number];
