import { Image as ImageIcon } from 'lucide-react';
import { memo, type ReactNode, Suspense, useMemo } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { drawMarkdown, type MarkdownParts } from '../../ui/markdown/markdown-tree.tsx';
import { formulaLanguage, formulaOf, markFormulas } from '../../ui/markdown/mark-formulas.ts';
import { lazyPart } from '../../ui/import-part.ts';
import { parseMarkdown } from '../../ui/markdown/parse-markdown.ts';
import { CodeBlock } from './code-block.tsx';
import { splitMarkdown } from './markdown-blocks.ts';
import { CitedCode, CitedLink, CitedText } from './sources/cited-text.tsx';
import { keepEscapedMarks } from './sources/escaped-marks.ts';
import classes from './markdown.module.css';
import { DataTable } from './reading/data-table.tsx';
import { drawnKind } from './reading/drawn-kind.ts';
import { FootnoteReference, Footnotes } from './reading/footnotes.tsx';
import { Formula } from './reading/formula.tsx';

const DrawnCode = lazyPart(() => import('./reading/drawn-code.tsx'));

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
  return drawMarkdown(parseMarkdown(markFormulas(keepEscapedMarks(text), growing)), growing ? growingParts : parts);
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

function Task({ checked }: { checked: boolean }) {
  const { t } = useTranslation();
  return <input type="checkbox" disabled checked={checked} aria-label={t('chat.task')} />;
}

function InlineCode({ code }: { code: string }) {
  const formula = formulaOf(code);
  return formula ? <Formula {...formula} /> : <CitedCode code={code} />;
}

const partsWhile = (growing: boolean): MarkdownParts => ({
  code: (code, language) => {
    if (language === formulaLanguage) return <Formula tex={code} display growing={growing} />;
    const kind = drawnKind(language, code);
    // Half a diagram is none: while it grows it is code.
    const block = <CodeBlock code={code} language={language} growing={growing} />;
    if (!kind || growing) return block;
    return (
      <Suspense fallback={block}>
        <DrawnCode kind={kind} code={code} language={language} />
      </Suspense>
    );
  },
  text: (text) => <CitedText text={text} />,
  inlineCode: (code) => <InlineCode code={code} />,
  image: (url, alternative) => <Picture url={url} alternative={alternative} />,
  link: (url, children, written) =>
    url ? <Link href={url}>{children}</Link> : <CitedLink url={written}>{children}</CitedLink>,
  table: (rows) => <DataTable growing={growing}>{rows}</DataTable>,
  task: (checked) => <Task checked={checked} />,
  footnoteReference: (number) => <FootnoteReference number={number} />,
  footnotes: (notes) => <Footnotes notes={notes} />,
});

const parts = partsWhile(false);
const growingParts = partsWhile(true);
