/** A piece of text in one style. */
export interface StyledRun {
  text: string;
  /** From the outside in, each at most once. */
  tags: Tag[];
}

/** An element of Telegram's HTML style. Two are the same element when their opening is the same. */
export interface Tag {
  open: string;
  close: string;
}

export const tags = {
  quote: { open: '<blockquote>', close: '</blockquote>' },
  bold: { open: '<b>', close: '</b>' },
  italic: { open: '<i>', close: '</i>' },
  strike: { open: '<s>', close: '</s>' },
  code: { open: '<code>', close: '</code>' },
  block: { open: '<pre>', close: '</pre>' },
  blockIn: (language: string): Tag => ({
    open: `<pre><code class="language-${escapeHtml(language)}">`,
    close: '</code></pre>',
  }),
  link: (url: string): Tag => ({ open: `<a href="${escapeHtml(url)}">`, close: '</a>' }),
} as const satisfies Record<string, Tag | ((value: string) => Tag)>;

const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

export const escapeHtml = (text: string): string =>
  text.replaceAll(/[<>&"]/g, (character) => entities[character] ?? '');

export const plainText = (runs: readonly StyledRun[]): string => runs.map((run) => run.text).join('');

/** Writes HTML that is complete after every run: `length` counts the closing tags that are still to come. */
export function createHtmlWriter() {
  let html = '';
  let open: readonly Tag[] = [];
  let closing = 0;
  let elements = 0;

  function change(wanted: readonly Tag[]): { text: string; closing: number; opened: number } {
    let common = 0;
    while (common < open.length && open[common]?.open === wanted[common]?.open) common += 1;
    let text = '';
    for (const tag of open.slice(common).toReversed()) text += tag.close;
    for (const tag of wanted.slice(common)) text += tag.open;
    const stillOpen = wanted.reduce((sum, tag) => sum + tag.close.length, 0);
    return { text, closing: stillOpen, opened: wanted.length - common };
  }

  return {
    /** The length of the whole after this run. */
    lengthWith(run: StyledRun): number {
      const changed = change(run.tags);
      return html.length + changed.text.length + escapeHtml(run.text).length + changed.closing;
    },
    /** How many elements the whole has after this run. */
    elementsWith: (run: StyledRun): number => elements + change(run.tags).opened,
    add(run: StyledRun): void {
      const changed = change(run.tags);
      html += changed.text + escapeHtml(run.text);
      open = run.tags;
      closing = changed.closing;
      elements += changed.opened;
    },
    get elements() {
      return elements;
    },
    get length() {
      return html.length + closing;
    },
    finish: (): string => html + change([]).text,
  };
}

export function writeHtml(runs: readonly StyledRun[]): string {
  const writer = createHtmlWriter();
  for (const run of runs) writer.add(run);
  return writer.finish();
}
