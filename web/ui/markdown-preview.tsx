import { Typography } from '@mantine/core';
import { useMemo } from 'react';
import { drawMarkdown, type MarkdownParts } from './markdown/markdown-tree.tsx';
import { parseMarkdown } from './markdown/parse-markdown.ts';

const parts: MarkdownParts = {
  code: (code) => (
    <pre>
      <code>{code}</code>
    </pre>
  ),
  image: (_url, alternative) => alternative,
  link: (url, children) =>
    url ? (
      <a href={url} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    ) : (
      children
    ),
  table: (rows) => <table>{rows}</table>,
  task: (checked) => (checked ? '☑' : '☐'),
};

/** Markdown as it will read; pictures and HTML are left out, as in the chat. */
export function MarkdownPreview({ text }: { text: string }) {
  const drawn = useMemo(() => drawMarkdown(parseMarkdown(text), parts), [text]);
  return <Typography fz="sm">{drawn}</Typography>;
}
