import type { Definition, FootnoteDefinition, List, ListItem, Nodes, Root, Table, TableRow } from 'mdast';
import { Fragment, type ReactNode } from 'react';
import { allowedUrl } from './allowed-url.ts';

/** How the parts that differ from page to page are drawn. HTML is never one of them: it shows as what it is, text. */
export interface MarkdownParts {
  code: (code: string, language: string) => ReactNode;
  /** Not within a link. */
  text?: (text: string) => ReactNode;
  inlineCode?: (code: string) => ReactNode;
  /** `url` is empty where the address is none that a person may want to go to; `written` is what stands there. */
  image: (url: string, alternative: string) => ReactNode;
  link: (url: string, children: ReactNode, written: string) => ReactNode;
  table: (rows: ReactNode) => ReactNode;
  task: (checked: boolean) => ReactNode;
  footnoteReference?: (number: number) => ReactNode;
  footnotes?: (notes: { number: number; content: ReactNode }[]) => ReactNode;
}

interface Context {
  parts: MarkdownParts;
  definitions: ReadonlyMap<string, Definition>;
  /** By the order in which the text refers to them, as GitHub numbers them; then those that it never does. */
  footnotes: readonly FootnoteDefinition[];
}

export function drawMarkdown(root: Root, parts: MarkdownParts): ReactNode {
  const found: Collected = { definitions: new Map(), footnotes: new Map(), references: new Set() };
  collect(root, found);
  const order = new Set([...found.references, ...found.footnotes.keys()]);
  const footnotes = [...order].flatMap((name) => found.footnotes.get(name) ?? []);
  const context: Context = { parts, definitions: found.definitions, footnotes };
  const notes = footnotes.map((note, index) => ({ number: index + 1, content: drawNote(note, context) }));
  return (
    <>
      {drawAll(root.children, context)}
      {notes.length > 0 &&
        (parts.footnotes?.(notes) ?? (
          <ol>
            {notes.map(({ number, content }) => (
              <li key={number}>{content}</li>
            ))}
          </ol>
        ))}
    </>
  );
}

interface Collected {
  definitions: Map<string, Definition>;
  footnotes: Map<string, FootnoteDefinition>;
  references: Set<string>;
}

/** The first definition of a name counts, as CommonMark says. */
function collect(node: Nodes, found: Collected) {
  const { definitions, footnotes, references } = found;
  if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  if (node.type === 'footnoteDefinition' && !footnotes.has(node.identifier)) footnotes.set(node.identifier, node);
  if (node.type === 'footnoteReference') references.add(node.identifier);
  if ('children' in node) for (const child of node.children) collect(child, found);
}

function drawAll(nodes: readonly Nodes[], context: Context): ReactNode {
  return nodes.map((node, index) => <Fragment key={index}>{draw(node, context)}</Fragment>);
}

function draw(node: Nodes, context: Context): ReactNode {
  const { parts, definitions, footnotes } = context;
  switch (node.type) {
    case 'text':
      return parts.text?.(node.value) ?? node.value;
    case 'html':
      return node.value;
    case 'paragraph':
      return <p>{drawAll(node.children, context)}</p>;
    case 'heading':
      return drawHeading(node.depth, drawAll(node.children, context));
    case 'emphasis':
      return <em>{drawAll(node.children, context)}</em>;
    case 'strong':
      return <strong>{drawAll(node.children, context)}</strong>;
    case 'delete':
      return <del>{drawAll(node.children, context)}</del>;
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'blockquote':
      return <blockquote>{drawAll(node.children, context)}</blockquote>;
    case 'inlineCode':
      return parts.inlineCode?.(node.value) ?? <code>{node.value}</code>;
    case 'code':
      return parts.code(node.value, node.lang ?? '');
    case 'link':
      return drawLink(node.url, node.children, context);
    case 'linkReference': {
      const url = definitions.get(node.identifier)?.url ?? '';
      // A number that is explained below the text, and leads nowhere by itself, may be that of a source.
      const isNumber = /^\d+$/.test(node.identifier) && allowedUrl(url) === '';
      return (isNumber && parts.text?.(`[${node.identifier}]`)) || drawLink(url, node.children, context);
    }
    case 'image':
      return parts.image(allowedUrl(node.url), node.alt ?? '');
    case 'imageReference':
      return parts.image(allowedUrl(definitions.get(node.identifier)?.url ?? ''), node.alt ?? '');
    case 'footnoteReference':
      return drawReference(footnotes.findIndex(({ identifier }) => identifier === node.identifier) + 1, context);
    case 'list':
      return drawList(node, context);
    case 'table':
      return parts.table(drawTable(node, context));
    default:
      return null;
  }
}

/** Nothing that is pressed stands within a link. */
function drawLink(url: string, children: readonly Nodes[], context: Context): ReactNode {
  const { text: _text, inlineCode: _inlineCode, ...parts } = context.parts;
  return parts.link(allowedUrl(url), drawAll(children, { ...context, parts }), url);
}

/** Below the page's and the answer's own headings. */
function drawHeading(depth: number, children: ReactNode): ReactNode {
  if (depth <= 2) return <h3 data-level={depth}>{children}</h3>;
  if (depth === 3) return <h4>{children}</h4>;
  return depth === 4 ? <h5>{children}</h5> : <h6>{children}</h6>;
}

function drawList(list: List, context: Context): ReactNode {
  const loose = list.spread === true || list.children.some((item) => item.spread === true);
  const items = list.children.map((item, index) => <li key={index}>{drawItem(item, loose, context)}</li>);
  return list.ordered ? <ol start={list.start ?? 1}>{items}</ol> : <ul>{items}</ul>;
}

function drawItem(item: ListItem, loose: boolean, context: Context): ReactNode {
  const task = typeof item.checked === 'boolean' && <>{context.parts.task(item.checked)} </>;
  return (
    <>
      {task}
      {item.children.map((child, index) => (
        <Fragment key={index}>
          {child.type === 'paragraph' && !loose ? drawAll(child.children, context) : draw(child, context)}
        </Fragment>
      ))}
    </>
  );
}

function drawTable({ children, align }: Table, context: Context): ReactNode {
  const [head, ...body] = children;
  const drawRow = (row: TableRow, Cell: 'th' | 'td') => (
    <tr>
      {row.children.map((cell, index) => {
        const side = align?.[index];
        return (
          <Cell key={index} {...(side ? { style: { textAlign: side } } : {})}>
            {drawAll(cell.children, context)}
          </Cell>
        );
      })}
    </tr>
  );
  return (
    <>
      {head && <thead>{drawRow(head, 'th')}</thead>}
      <tbody>
        {body.map((row, index) => (
          <Fragment key={index}>{drawRow(row, 'td')}</Fragment>
        ))}
      </tbody>
    </>
  );
}

const drawReference = (number: number, { parts }: Context): ReactNode =>
  parts.footnoteReference?.(number) ?? <sup>{number}</sup>;

/** One paragraph stands beside its number; several are paragraphs. */
function drawNote({ children }: FootnoteDefinition, context: Context): ReactNode {
  const [only] = children;
  return children.length === 1 && only?.type === 'paragraph'
    ? drawAll(only.children, context)
    : drawAll(children, context);
}
