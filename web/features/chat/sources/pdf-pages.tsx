import { Skeleton } from '@mantine/core';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { openPdf, TextLayer } from './open-pdf.ts';
import { marksOnPage, type PageMark } from './pdf-marks.ts';
import classes from './pdf-pages.module.css';

interface PdfPagesProps {
  url: string;
  /** The page to begin with. */
  page: number;
  /** What is marked on it; empty where nothing is. */
  passage: string;
  claim: string;
  /** Where the file cannot be shown as pages. */
  fallback: ReactNode;
}

/** A device has only so many pixels for one picture. */
const maxScale = 2;

/** The pages of a PDF, each drawn when it comes near; the passage is marked and in view. */
export default function PdfPages({ url, page, passage, claim, fallback }: PdfPagesProps) {
  const { t } = useTranslation();
  const [pdf, setPdf] = useState<PDFDocumentProxy>();
  const [first, setFirst] = useState<PDFPageProxy>();
  const [failed, setFailed] = useState(false);
  const box = useRef<HTMLElement>(null);

  useEffect(() => {
    const task = openPdf(url);
    let isGone = false;
    const load = async () => {
      const loaded = await task.promise;
      const start = await loaded.getPage(Math.min(page, loaded.numPages));
      if (isGone) return;
      setFirst(start);
      setPdf(loaded);
    };
    load().catch(() => !isGone && setFailed(true));
    return () => {
      isGone = true;
      void task.destroy();
    };
  }, [url, page]);

  if (failed) return fallback;
  if (!pdf || !first) return <Skeleton height={480} m="md" />;
  const { width, height } = first.getViewport({ scale: 1 });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <section ref={box} className={classes.pages} aria-label={t('chat.sourcePages')} tabIndex={0}>
      {Array.from({ length: pdf.numPages }, (_, index) => (
        <Page
          key={index}
          pdf={pdf}
          number={index + 1}
          ratio={width / height}
          passage={index + 1 === page ? passage : ''}
          claim={claim}
          isFirst={index + 1 === Math.min(page, pdf.numPages)}
        />
      ))}
    </section>
  );
}

interface PageProps {
  pdf: PDFDocumentProxy;
  number: number;
  /** Width to height, until its own is known. */
  ratio: number;
  passage: string;
  claim: string;
  isFirst: boolean;
}

function Page({ pdf, number, ratio, passage, claim, isFirst }: PageProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(isFirst);

  useEffect(() => {
    if (isFirst) frame.current?.scrollIntoView({ block: 'start' });
  }, [isFirst]);

  useEffect(() => {
    const element = frame.current;
    if (!element || near) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { root: element.closest('section'), rootMargin: '100% 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [near]);

  useEffect(() => {
    const element = frame.current;
    if (!near || !element) return undefined;
    const drawing = new AbortController();
    drawPage(element, { pdf, number, passage, claim, signal: drawing.signal }).catch(() => undefined);
    return () => {
      drawing.abort();
      element.replaceChildren();
    };
  }, [near, pdf, number, passage, claim]);

  return (
    <div
      ref={frame}
      className={classes.page}
      style={{ aspectRatio: String(ratio) }}
      role="group"
      aria-label={t('chat.places.page', { number })}
    />
  );
}

interface Drawing {
  pdf: PDFDocumentProxy;
  number: number;
  passage: string;
  claim: string;
  signal: AbortSignal;
}

async function drawPage(frame: HTMLElement, { pdf, number, passage, claim, signal }: Drawing): Promise<void> {
  const page = await pdf.getPage(number);
  if (signal.aborted) return;
  const { width } = page.getViewport({ scale: 1 });
  const scale = frame.clientWidth / width;
  const viewport = page.getViewport({ scale });
  frame.style.aspectRatio = `${viewport.width} / ${viewport.height}`;
  const pixels = Math.min(maxScale, window.devicePixelRatio);
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width * pixels);
  canvas.height = Math.floor(viewport.height * pixels);
  const layer = document.createElement('div');
  layer.className = classes.textLayer ?? '';
  layer.style.setProperty('--total-scale-factor', String(scale));
  frame.replaceChildren(canvas, layer);
  const rendering = page.render({ canvas, viewport, transform: [pixels, 0, 0, pixels, 0, 0] });
  signal.addEventListener('abort', () => rendering.cancel(), { once: true });
  const text = new TextLayer({ textContentSource: await page.getTextContent(), container: layer, viewport });
  if (signal.aborted) return;
  await text.render();
  if (passage !== '' && !signal.aborted) {
    markText(text.textDivs as HTMLElement[], passage, claim);
    const target = layer.querySelector('mark[data-quote]') ?? layer.querySelector('mark');
    target?.scrollIntoView({ block: 'center' });
  }
  await rendering.promise;
}

/** Marks pieces of the page's text, which lies in many elements. */
function markText(elements: readonly HTMLElement[], passage: string, claim: string): void {
  const texts = elements.map((element) => element.textContent);
  const marks = marksOnPage(texts.join('\n'), passage, claim);
  let position = 0;
  elements.forEach((element, index) => {
    const text = texts[index] ?? '';
    const own = marks
      .map((mark) => ({ ...mark, start: mark.start - position, end: mark.end - position }))
      .filter(({ start, end }) => start < text.length && end > 0);
    position += text.length + 1;
    if (own.length > 0) element.replaceChildren(...piecesOf(text, own));
  });
}

function piecesOf(text: string, marks: PageMark[]): (Node | string)[] {
  const pieces: (Node | string)[] = [];
  let done = 0;
  for (const { start, end, isQuote } of marks) {
    const from = Math.max(done, start);
    pieces.push(text.slice(done, from));
    const mark = document.createElement('mark');
    if (isQuote) mark.dataset['quote'] = 'true';
    mark.textContent = text.slice(from, end);
    pieces.push(mark);
    done = Math.min(text.length, end);
  }
  return [...pieces, text.slice(done)].filter((piece) => piece !== '');
}
