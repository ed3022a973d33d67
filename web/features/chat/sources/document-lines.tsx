import { Fragment, type ReactNode, useMemo } from 'react';
import type { LineMark, OpenedSource } from '../../../../contract/sources.ts';
import { visibleText } from '../../../../contract/visible-text.ts';
import { useTranslation } from '../../../texts/language.ts';
import { findQuote } from './find-quote.ts';
import classes from './source-drawer.module.css';

type ShownDocument = Pick<OpenedSource, 'lines' | 'firstLine' | 'totalLines' | 'marks'>;

interface DocumentLinesProps {
  document: ShownDocument;
  claim: string;
}

/** A piece of a line; `quote` is what the answer says in the same words. */
interface Mark extends LineMark {
  isQuote: boolean;
}

/** The text of a document around a passage; rows of a table as rows. */
export function DocumentLines({ document, claim }: DocumentLinesProps) {
  const { t } = useTranslation();
  const { lines, firstLine, totalLines } = document;
  const marks = useMemo(() => Map.groupBy(marksOf(document, claim), ({ line }) => line), [document, claim]);
  const target = targetOf(marks);
  const groups = useMemo(() => groupsOf(lines), [lines]);
  const last = firstLine + lines.length - 1;
  const draw = (at: number, text: string, offset = 0): ReactNode =>
    drawMarked(text, marks.get(firstLine + at) ?? [], { offset, isTarget: firstLine + at === target });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <section className={classes.lines} aria-label={t('chat.sourceText')} tabIndex={0} dir="auto">
      {firstLine > 1 && <p className={classes.left}>{t('chat.sourceStartsLater', { line: firstLine })}</p>}
      {groups.map(({ first, rows, isTable }) =>
        isTable ? (
          <div key={first} className={classes.tableFrame}>
            <table>
              <tbody>
                {rows.map((row, index) => (
                  <tr key={index}>
                    {cellsOf(row).map(({ text, offset }) => (
                      <td key={offset}>{draw(first + index, text, offset)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          <Fragment key={first}>
            {rows.map((row, index) => (
              <div key={index} className={classes.line}>
                {draw(first + index, row)}
              </div>
            ))}
          </Fragment>
        ),
      )}
      {(totalLines === null || last < totalLines) && <p className={classes.left}>{t('chat.sourceGoesOn')}</p>}
    </section>
  );
}

/** The quotation within the passage, where there is one, is marked apart. */
function marksOf({ lines, firstLine, marks }: ShownDocument, claim: string): Mark[] {
  const parts = marks.map(({ line, start, end }) => (lines[line - firstLine] ?? '').slice(start, end));
  const quote = findQuote(parts.join('\n'), claim);
  let position = 0;
  return marks.flatMap(({ line, start, end }, index) => {
    const first = position;
    position += (parts[index]?.length ?? 0) + 1;
    const from = Math.max(start, start + (quote?.start ?? 0) - first);
    const to = Math.min(end, start + (quote?.end ?? 0) - first);
    if (!quote || to <= from) return [{ line, start, end, isQuote: false }];
    return [
      { line, start, end: from, isQuote: false },
      { line, start: from, end: to, isQuote: true },
      { line, start: to, end, isQuote: false },
    ].filter((mark) => mark.end > mark.start);
  });
}

function targetOf(marks: ReadonlyMap<number, Mark[]>): number | undefined {
  const all = [...marks.values()].flat();
  return (all.find(({ isQuote }) => isQuote) ?? all[0])?.line;
}

function drawMarked(
  text: string,
  marks: Mark[],
  { offset, isTarget }: { offset: number; isTarget: boolean },
): ReactNode {
  const within = marks
    .map((mark) => ({
      ...mark,
      start: Math.max(0, mark.start - offset),
      end: Math.min(text.length, mark.end - offset),
    }))
    .filter(({ start, end }) => start < end);
  if (within.length === 0) return visibleText(text);
  const isQuoted = within.some(({ isQuote }) => isQuote);
  const parts: ReactNode[] = [];
  let done = 0;
  for (const { start, end, isQuote } of within) {
    parts.push(visibleText(text.slice(done, start)));
    const comesIntoView = isTarget && (isQuote || !isQuoted);
    parts.push(
      <mark key={start} data-quote={isQuote || undefined} ref={comesIntoView ? showInBox : undefined}>
        {visibleText(text.slice(start, end))}
      </mark>,
    );
    done = end;
  }
  return [...parts, visibleText(text.slice(done))];
}

/** Only the box of the document scrolls; the first mark of several decides. */
function showInBox(mark: HTMLElement | null): void {
  const box = mark?.closest('section');
  if (!mark || !box || box.dataset['shown']) return;
  box.dataset['shown'] = 'true';
  mark.scrollIntoView({ block: 'center' });
}

interface Group {
  first: number;
  rows: string[];
  isTable: boolean;
}

function groupsOf(lines: readonly string[]): Group[] {
  const groups: Group[] = [];
  lines.forEach((line, index) => {
    const isTable = line.includes('\t');
    const open = groups.at(-1);
    if (open?.isTable === isTable) open.rows.push(line);
    else groups.push({ first: index, rows: [line], isTable });
  });
  return groups;
}

function cellsOf(row: string): { text: string; offset: number }[] {
  let offset = 0;
  return row.split('\t').map((text) => {
    const cell = { text, offset };
    offset += text.length + 1;
    return cell;
  });
}
