import { type ReactNode, useRef } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { CopyButton } from '../copy-button.tsx';
import markdown from '../markdown.module.css';
import classes from './reading.module.css';
import { tableCsv } from './table-csv.ts';

/** A table of an answer, which can be taken into a spreadsheet. */
export function DataTable({ children, growing }: { children: ReactNode; growing: boolean }) {
  const { t } = useTranslation();
  const table = useRef<HTMLTableElement>(null);
  const csv = () => tableCsv([...(table.current?.rows ?? [])].map((row) => [...row.cells].map(textOf)));
  return (
    <div className={classes.table}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
      <section className={markdown.tableFrame} aria-label={t('chat.tableLabel')} tabIndex={0}>
        <table ref={table}>{children}</table>
      </section>
      {!growing && (
        <div className={classes.tableActions}>
          <CopyButton label={t('chat.copyCsv')} text={csv} />
        </div>
      )}
    </div>
  );
}

/** A formula's source in place of all the letters it is drawn with. */
function textOf(cell: HTMLTableCellElement): string {
  const copy = cell.cloneNode(true) as HTMLElement;
  for (const formula of copy.querySelectorAll('.katex')) {
    formula.replaceWith(formula.querySelector('annotation')?.textContent ?? '');
  }
  return copy.textContent ?? '';
}
