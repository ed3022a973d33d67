import { Image as ImageIcon } from 'lucide-react';
import { memo, type ReactNode, useMemo } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { drawMarkdown, type MarkdownParts } from '../../ui/markdown/markdown-tree.tsx';
import { parseMarkdown } from '../../ui/markdown/parse-markdown.ts';
import { CodeBlock } from './code-block.tsx';
import { splitMarkdown } from './markdown-blocks.ts';
import { CitedCode, CitedLink, CitedText } from './sources/cited-text.tsx';
import classes from './markdown.module.css';

/** Markdown of a model: no HTML, no pictures from elsewhere, links only where a person may want to go. */
export function Markdown({ text, growing }: { text: string; growing: boolean }) {
  const blocks = useMemo(() => splitMarkdown(text), [text]);
  return (
    <div className={classes.markdown} dir="auto">
      {blocks.map((block, index) => (
        <MarkdownBlock key={index} text={block} growing={growing && index === blocks.length - 1} />
      ))}
    </div>
  );
}

const MarkdownBlock = memo(function MarkdownBlock({ text, growing }: { text: string; growing: boolean }) {
  return drawMarkdown(parseMarkdown(text), growing ? growingParts : parts);
});

function Link({ href, children }: { href: string; children: ReactNode }) {
  if (!href) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** A picture from elsewhere would tell its server who reads this; a link leaves it to the person. */
function Picture({ url, alternative }: { url: string; alternative: string }) {
  const { t } = useTranslation();
  const name = alternative || url;
  return (
    <span className={classes.picture}>
      <ImageIcon size={14} aria-hidden />
      <Link href={url}>{t('chat.imageNotShown', { name })}</Link>
    </span>
  );
}

function Table({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <section className={classes.tableFrame} aria-label={t('chat.tableLabel')} tabIndex={0}>
      <table>{children}</table>
    </section>
  );
}

function Task({ checked }: { checked: boolean }) {
  const { t } = useTranslation();
  return <input type="checkbox" disabled checked={checked} aria-label={t('chat.task')} />;
}

const partsWhile = (growing: boolean): MarkdownParts => ({
  code: (code, language) => <CodeBlock code={code} language={language} growing={growing} />,
  text: (text) => <CitedText text={text} />,
  inlineCode: (code) => <CitedCode code={code} />,
  image: (url, alternative) => <Picture url={url} alternative={alternative} />,
  link: (url, children, written) =>
    url ? <Link href={url}>{children}</Link> : <CitedLink url={written}>{children}</CitedLink>,
  table: (rows) => <Table>{rows}</Table>,
  task: (checked) => <Task checked={checked} />,
});

const parts = partsWhile(false);
const growingParts = partsWhile(true);
