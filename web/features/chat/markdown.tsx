import { Image as ImageIcon } from 'lucide-react';
import { isValidElement, memo, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './code-block.tsx';
import { splitMarkdown } from './markdown-blocks.ts';
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
  return (
    <ReactMarkdown
      remarkPlugins={plugins}
      components={growing ? growingComponents : components}
      urlTransform={allowedUrl}
    >
      {text}
    </ReactMarkdown>
  );
});

const plugins = [remarkGfm];
const allowedProtocols = new Set(['http:', 'https:', 'mailto:']);

/** Other addresses are left out, relative ones too: the model does not know the pages of this app. */
function allowedUrl(url: string): string {
  try {
    return allowedProtocols.has(new URL(url).protocol) ? url : '';
  } catch {
    return '';
  }
}

function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  if (!href) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** A picture from elsewhere would tell its server who reads this; a link leaves it to the person. */
function Picture({ src, alt }: { src?: string | Blob | undefined; alt?: string | undefined }) {
  const { t } = useTranslation();
  const address = typeof src === 'string' ? src : '';
  const name = alt || address;
  return (
    <span className={classes.picture}>
      <ImageIcon size={14} aria-hidden />
      <Link href={address}>{t('chat.imageNotShown', { name })}</Link>
    </span>
  );
}

function Table({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <section className={classes.tableFrame} aria-label={t('chat.tableLabel')} tabIndex={0}>
      <table>{children}</table>
    </section>
  );
}

function Task({ checked }: { checked?: boolean | undefined }) {
  const { t } = useTranslation();
  return <input type="checkbox" disabled checked={checked ?? false} aria-label={t('chat.task')} />;
}

const codeComponent = (growing: boolean): Components['pre'] =>
  function Code({ children }) {
    if (!isValidElement<{ className?: string; children?: ReactNode }>(children)) return <pre>{children}</pre>;
    const { className = '', children: code } = children.props;
    const language = /language-(\S+)/.exec(className)?.[1] ?? '';
    return <CodeBlock code={String(code ?? '').replace(/\n$/, '')} language={language} growing={growing} />;
  };

const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => <Picture src={src} alt={alt} />,
  input: ({ checked }) => <Task checked={checked} />,
  // Below the page's and the answer's own headings.
  h1: ({ children }) => <h3 data-level={1}>{children}</h3>,
  h2: ({ children }) => <h3 data-level={2}>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  h5: ({ children }) => <h6>{children}</h6>,
  table: ({ children }) => <Table>{children}</Table>,
  pre: codeComponent(false),
};
const growingComponents: Components = { ...components, pre: codeComponent(true) };
