import { type ReactNode, useContext } from 'react';
import { findMarks } from '../../../../contract/citations.ts';
import { composed, findNames, passageAt } from '../../../../contract/cited-names.ts';
import type { Source } from '../../../../contract/socket.ts';
import { SourcesContext } from './source-context.tsx';
import { SourceLink } from './source-link.tsx';
import classes from './sources.module.css';

interface Piece {
  start: number;
  end: number;
  /** What stands in its place, or the text itself as a link where there is one source. */
  sources: Source[];
  isName: boolean;
}

/** A text of an answer, in which numbers and names of its sources lead to them. */
export function CitedText({ text }: { text: string }): ReactNode {
  const { sources } = useContext(SourcesContext);
  if (sources.length === 0) return text;
  const shown = composed(text);
  const pieces = piecesOf(shown, sources);
  if (pieces.length === 0) return text;
  const parts: ReactNode[] = [];
  let done = 0;
  for (const { start, end, sources: cited, isName } of pieces) {
    parts.push(shown.slice(done, start));
    if (isName) {
      parts.push(
        <SourceLink key={start} source={cited[0]!} className={classes.name}>
          {shown.slice(start, end)}
        </SourceLink>,
      );
    } else parts.push(...cited.map((source) => <Chip key={`${start} ${source.number}`} source={source} />));
    done = end;
  }
  return [...parts, shown.slice(done)];
}

/** Code in an answer; where it names one of its sources, a way to it. */
export function CitedCode({ code }: { code: string }): ReactNode {
  const { sources } = useContext(SourcesContext);
  const named = sources.length > 0 ? namedIn(composed(code.trim()), sources) : undefined;
  if (!named) return <code>{code}</code>;
  return (
    <SourceLink source={named} className={classes.code}>
      <code>{code}</code>
    </SourceLink>
  );
}

/** The source whose document a link leads to by its name; it has no address that the page knows. */
export function CitedLink({ url, children }: { url: string; children: ReactNode }): ReactNode {
  const { sources } = useContext(SourcesContext);
  const named = sources.length > 0 ? namedIn(composed(url), sources) : undefined;
  if (!named) return <span>{children}</span>;
  return (
    <SourceLink source={named} className={classes.name}>
      {children}
    </SourceLink>
  );
}

function Chip({ source }: { source: Source }) {
  return (
    <SourceLink source={source} className={classes.chip} isNumber>
      {source.number}
    </SourceLink>
  );
}

function piecesOf(text: string, sources: readonly Source[]): Piece[] {
  const byNumber = new Map(sources.map((source) => [source.number, source]));
  const marks = findMarks(text).flatMap(({ start, end, numbers }): Piece[] => {
    const cited = numbers.flatMap((number) => byNumber.get(number) ?? []);
    // A mark of which one number is unknown is shown with the others alone.
    return cited.length > 0 ? [{ start, end, sources: cited, isName: false }] : [];
  });
  const names = namesOf(text, sources).map(({ start, end, source }) => ({
    start,
    end,
    sources: [source],
    isName: true,
  }));
  const all = [...marks, ...names].sort((a, b) => a.start - b.start);
  let done = 0;
  return all.filter(({ start, end }) => {
    if (start < done) return false;
    done = end;
    return true;
  });
}

function namesOf(text: string, sources: readonly Source[]) {
  const paths = [...new Set(sources.map(({ path }) => path))];
  return findNames(text, paths).flatMap(({ start, end, path, place }) => {
    const ofDocument = sources.filter((source) => source.path === path);
    const source = (place && passageAt(ofDocument, place)) ?? ofDocument[0];
    return source ? [{ start, end, source }] : [];
  });
}

/** Of a text that is a name and nothing else. */
function namedIn(text: string, sources: readonly Source[]): Source | undefined {
  const [name] = namesOf(text, sources);
  return name && name.start <= 1 && name.end >= text.length - 1 ? name.source : undefined;
}
