import { Typography } from '@mantine/core';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

const plugins = [remarkGfm];

/** Markdown as it will read; pictures and HTML are left out, as in the chat. */
export function MarkdownPreview({ text }: { text: string }) {
  return (
    <Typography fz="sm">
      <ReactMarkdown remarkPlugins={plugins} skipHtml disallowedElements={['img']}>
        {text}
      </ReactMarkdown>
    </Typography>
  );
}
