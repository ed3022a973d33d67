import { sql } from 'drizzle-orm';
import type { Source } from '../../../contract/socket.ts';

/** What a row of `messages` cites, in the order of its text. */
export const messageSources = sql<Source[]>`case when cardinality(messages.cited) = 0 then '[]'::jsonb else (
  select coalesce(jsonb_agg(jsonb_build_object(
    'number', passages.number, 'path', passages.path, 'place', passages.place, 'text', passages.text
  ) order by array_position(messages.cited, passages.number)), '[]'::jsonb)
  from conversation_passages as passages
  where passages.conversation_id = messages.conversation_id and passages.number = any(messages.cited)) end`;

/** About what one source takes of a page of messages. */
export const sourceBytes = 1_500;
