import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

type Value = string | number | Uint8Array;

/** Adds many rows at once. Table and columns are ours, never input. */
export async function copyRows(client: Client, into: string, rows: Iterable<Value[]>): Promise<void> {
  await pipeline(Readable.from(inChunks(rows)), client.query(copyFrom(`copy ${into} from stdin`)));
}

/** Lines of COPY's text format, joined, as a stream of single lines costs more than the lines do. */
function* inChunks(rows: Iterable<Value[]>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(written).join('\t')}\n`;
    if (chunk.length < 64 * 1024) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function written(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string')
    return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`;
  return value.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character);
}
