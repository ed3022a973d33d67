import type { BlockContent, List, ListItem, Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { isCostlyMarkdown } from '../../../contract/markdown-cost.ts';
import { tags, type StyledRun, type Tag } from './styled-text.ts';

/** Wider tables break on a phone; they become lists. */
const widestTable = 44;
const maxUrlLength = 1_000;

/** Renders Markdown for Telegram, which knows inline styles, quotes and code only. Never throws. */
export function styleMarkdown(markdown: string): StyledRun[] {
  if (isCostlyMarkdown(markdown)) return [{ text: markdown, tags: [] }];
  try {
    const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    const writer = createWriter();
    writer.blocks(root.children, []);
    return writer.runs;
  } catch {
    return [{ text: markdown, tags: [] }];
  }
}

function createWriter() {
  const runs: StyledRun[] = [];

  function text(value: string, style: readonly Tag[]): void {
    if (value === '') return;
    const last = runs.at(-1);
    const isSame =
      last?.tags.length === style.length && style.every((tag, index) => tag.open === last.tags[index]?.open);
    if (last && isSame) last.text += value;
    else runs.push({ text: value, tags: [...style] });
  }

  const within = (style: readonly Tag[], tag: Tag): Tag[] =>
    style.some((outer) => outer.open === tag.open) ? [...style] : [...style, tag];
  /** Code cannot be styled further, only quoted. */
  const quoteOf = (style: readonly Tag[]) => style.filter((tag) => tag.open === tags.quote.open);

  function blocks(nodes: readonly RootContent[], style: readonly Tag[], separator = '\n\n'): void {
    let isFirst = true;
    for (const node of nodes) {
      if (node.type === 'definition') continue;
      if (!isFirst) text(separator, style);
      isFirst = false;
      block(node, style);
    }
  }

  function block(node: RootContent, style: readonly Tag[]): void {
    switch (node.type) {
      case 'heading':
        return inline(node.children, within(style, tags.bold));
      case 'paragraph':
        return inline(node.children, style);
      case 'blockquote':
        return blocks(node.children, within(style, tags.quote));
      case 'list':
        return list(node, style, '');
      case 'code': {
        const language = node.lang && /^[\w+#.-]{1,30}$/.test(node.lang) ? node.lang : undefined;
        return text(node.value, [language ? tags.blockIn(language) : tags.block]);
      }
      case 'table':
        return table(node, style);
      case 'thematicBreak':
        return text('———', style);
      case 'html':
        return text(node.value, style);
      case 'footnoteDefinition':
        text(`[${node.label ?? node.identifier}] `, style);
        return blocks(node.children, style);
      default:
        return inline([node as PhrasingContent], style);
    }
  }

  function list(node: List, style: readonly Tag[], indent: string): void {
    let number = node.start ?? 1;
    node.children.forEach((item, index) => {
      if (index > 0) text(node.spread === true ? '\n\n' : '\n', style);
      const marker = item.checked === true ? '☑ ' : item.checked === false ? '☐ ' : node.ordered ? `${number}. ` : '• ';
      number += 1;
      text(indent + marker, style);
      listItem(item, style, `${indent}   `);
    });
  }

  function listItem(item: ListItem, style: readonly Tag[], indent: string): void {
    item.children.forEach((child: BlockContent | RootContent, index) => {
      if (index > 0) text('\n', style);
      if (child.type === 'list') return list(child, style, indent);
      if (index > 0 && child.type === 'paragraph') text(indent, style);
      block(child, style);
    });
  }

  function table(node: Table, style: readonly Tag[]): void {
    const rows = node.children.map((row) => row.children.map((cell) => plainOf(cell.children)));
    const [header = [], ...body] = rows;
    const widths = header.map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
    const total = widths.reduce((sum, width) => sum + width + 3, -3);
    if (total <= widestTable) {
      const line = (row: string[]) =>
        widths
          .map((width, column) => pad(row[column] ?? '', width))
          .join(' │ ')
          .trimEnd();
      const rule = widths.map((width) => '─'.repeat(width)).join('─┼─');
      return text([line(header), rule, ...body.map(line)].join('\n'), [tags.block]);
    }
    body.forEach((row, index) => {
      if (index > 0) text('\n', style);
      row.forEach((cell, column) => {
        text(column === 0 ? '• ' : '   ', style);
        if (header[column]) text(`${header[column]}: `, within(style, tags.bold));
        text(cell, style);
        if (column < row.length - 1) text('\n', style);
      });
    });
    if (body.length === 0) text(header.join(' │ '), style);
  }

  function inline(nodes: readonly PhrasingContent[], style: readonly Tag[]): void {
    for (const node of nodes) {
      switch (node.type) {
        case 'text':
        case 'html':
          text(node.value, style);
          break;
        case 'strong':
          inline(node.children, within(style, tags.bold));
          break;
        case 'emphasis':
          inline(node.children, within(style, tags.italic));
          break;
        case 'delete':
          inline(node.children, within(style, tags.strike));
          break;
        case 'inlineCode':
          text(node.value, [...quoteOf(style), tags.code]);
          break;
        case 'break':
          text('\n', style);
          break;
        case 'link':
          link(node.url, plainOf(node.children), () => inline(node.children, linked(style, node.url)), style);
          break;
        case 'image':
          link(node.url, node.alt ?? '', () => text(node.alt || 'image', linked(style, node.url)), style);
          break;
        case 'footnoteReference':
          text(`[${node.label ?? node.identifier}]`, style);
          break;
        case 'linkReference':
          inline(node.children, style);
          break;
        case 'imageReference':
          text(node.alt ?? '', style);
          break;
      }
    }
  }

  const linked = (style: readonly Tag[], url: string): Tag[] =>
    isLinkable(url) && !style.some((tag) => tag.close === '</a>') ? [...style, tags.link(url)] : [...style];

  /** An address that Telegram would not link is shown, unless the text shows it already. */
  function link(url: string, label: string, write: () => void, style: readonly Tag[]): void {
    write();
    const address = url.replace(/^mailto:/, '');
    if (!isLinkable(url) && address !== '' && !label.includes(address)) text(` (${address})`, style);
  }

  return { runs, blocks };
}

function isLinkable(url: string): boolean {
  const parsed = URL.parse(url);
  return url.length <= maxUrlLength && (parsed?.protocol === 'https:' || parsed?.protocol === 'http:');
}

function plainOf(nodes: readonly Nodes[]): string {
  return nodes
    .map((node) => {
      if ('value' in node) return node.value;
      if ('children' in node) return plainOf(node.children);
      return 'alt' in node ? (node.alt ?? '') : '';
    })
    .join('');
}

const pad = (value: string, width: number): string => value + ' '.repeat(Math.max(0, width - [...value].length));
