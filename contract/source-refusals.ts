import type { UnreadableCode } from './unreadable-codes.ts';

/** Why a source is not opened, beside that it cannot be read; pages have a sentence for each in their own language. */
export const openingRefusals = ['web_page', 'no_reading_tool', 'not_granted', 'gone'] as const;

export type SourceRefusal = (typeof openingRefusals)[number] | UnreadableCode;
