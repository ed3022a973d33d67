import { loadPageTexts, translate } from '../texts/language.ts';
import { notifyProblem } from './notify.ts';

/** The way of before, which needs no HTTPS. Returns whether the text is on the clipboard, and says so if it is not. */
export function copyByCommand(text: string): boolean {
  const isCopied = command(text);
  if (!isCopied) void loadPageTexts().then(() => notifyProblem(translate('report.copyFailed')));
  return isCopied;
}

function command(text: string): boolean {
  let isTaken = false;
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    isTaken = event.clipboardData !== null;
  };
  const restoreSelection = selectSomething();
  window.addEventListener('copy', give, { capture: true });
  try {
    return document.execCommand('copy') && isTaken;
  } finally {
    window.removeEventListener('copy', give, { capture: true });
    restoreSelection();
  }
}

/** Some browsers copy nothing while nothing is selected. Returns what brings back the selection of before. */
function selectSomething(): () => void {
  const selection = getSelection();
  if (!selection) return () => undefined;
  const before = Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index));
  const selected = document.createElement('span');
  selected.textContent = '\u00A0';
  selected.style.cssText = 'position: fixed; inset: 0 auto auto 0; opacity: 0; user-select: text';
  document.body.append(selected);
  selection.selectAllChildren(selected);
  return () => {
    selected.remove();
    selection.removeAllRanges();
    for (const range of before) selection.addRange(range);
  };
}
