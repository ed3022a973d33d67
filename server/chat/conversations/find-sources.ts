import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { type CitationMark, findMarks, withoutCode } from '../../../contract/citations.ts';
import { composed, findNames, type NameMark, passageAt } from '../../../contract/cited-names.ts';
import { maxSources } from '../../../contract/limits.ts';
import type { Source } from '../../../contract/socket.ts';
import type { Reader } from '../../db/client.ts';
import { conversationPassages } from '../../db/schema/index.ts';
import { isOnShownBranch } from '../../tools/citations/passage.queries.ts';

/** Numbers of one message that are looked up. */
const maxNumbers = 2_000;
const maxPaths = 500;
const maxPassages = 300;
/** Characters around a name that say which of its passages is meant. */
const around = 300;

/** A message whose text is whole. */
export interface CitingMessage {
  conversationId: string;
  runId: string;
  content: string;
}

/**
 * The passages that a message rests on, in the order of its text: by their numbers, or by the names of their documents. What no tool
 * returned on the branch of the conversation that is shown is none of them.
 */
export async function findSources(reader: Reader, message: CitingMessage): Promise<Source[]> {
  const { content } = message;
  const marks = findMarks(withoutCode(content));
  const names = mayName(content) ? await namedDocuments(reader, message) : [];
  const numbers = [...new Set(marks.flatMap((mark) => mark.numbers))].slice(0, maxNumbers);
  if (numbers.length === 0 && names.length === 0) return [];
  const known = new Map(
    (numbers.length > 0 ? await findPassages(reader, message, { numbers }) : []).map((row) => [row.number, row]),
  );
  const cited = new Set([...known.values()].map(({ path }) => path));
  const unnumbered = names.filter(({ path }) => !cited.has(path));
  const paths = [...new Set(unnumbered.map(({ path }) => path))];
  const passages = paths.length > 0 ? await findPassages(reader, message, { paths }) : [];
  const found = [
    ...marks.flatMap((mark) => inOrder(mark, known)),
    ...unnumbered.flatMap((mark) => {
      const source = meantBy(mark, passages, content);
      return source ? [{ at: mark.start, source }] : [];
    }),
  ].sort((a, b) => a.at - b.at);
  const sources = new Map(found.map(({ source }) => [source.number, source]));
  return [...sources.values()].slice(0, maxSources);
}

/** Something with an ending: without one, no statement is spent on names. */
const mayName = (content: string): boolean => /[^\s.]\.[\p{L}\p{N}]{1,8}(?![\p{L}\p{N}])/u.test(content);

function inOrder({ start, numbers }: CitationMark, known: ReadonlyMap<number, Source>) {
  return numbers.flatMap((number) => {
    const source = known.get(number);
    return source ? [{ at: start, source }] : [];
  });
}

const mayBeCited = (message: CitingMessage): SQL | undefined =>
  and(eq(conversationPassages.conversationId, message.conversationId), isOnShownBranch(message));

async function namedDocuments(reader: Reader, message: CitingMessage): Promise<NameMark[]> {
  const rows = await reader
    .select({ path: conversationPassages.path })
    .from(conversationPassages)
    .where(mayBeCited(message))
    .groupBy(conversationPassages.path)
    .orderBy(sql`max(${conversationPassages.number}) desc`)
    .limit(maxPaths);
  return findNames(
    composed(message.content),
    rows.map(({ path }) => path),
  );
}

function findPassages(
  reader: Reader,
  message: CitingMessage,
  wanted: { numbers: number[] } | { paths: string[] },
): Promise<Source[]> {
  const { number, path, place, text } = conversationPassages;
  const isWanted = 'numbers' in wanted ? inArray(number, wanted.numbers) : inArray(path, wanted.paths);
  return reader
    .select({ number, path, place, text })
    .from(conversationPassages)
    .where(and(mayBeCited(message), isWanted))
    .orderBy(asc(number))
    .limit('numbers' in wanted ? maxNumbers : maxPassages);
}

/** By the place that is named, else the one that shares the most with the words around the name. */
function meantBy(mark: NameMark, passages: Source[], content: string): Source | undefined {
  const ofDocument = passages.filter(({ path }) => path === mark.path);
  const placed = mark.place && passageAt(ofDocument, mark.place);
  if (placed || ofDocument.length < 2) return placed ?? ofDocument[0];
  const said = piecesOf(composed(content).slice(Math.max(0, mark.start - around), mark.end + around));
  const scored = ofDocument.map((source) => {
    const pieces = piecesOf(source.text);
    const shared = [...pieces].filter((piece) => said.has(piece)).length;
    return { source, score: shared / Math.sqrt(pieces.size || 1) };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).source;
}

/** Letters and figures, four in a row: they tell texts apart with or without spaces between words. */
function piecesOf(text: string): Set<string> {
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return new Set(Array.from({ length: Math.max(0, letters.length - 3) }, (_, at) => letters.slice(at, at + 4)));
}
