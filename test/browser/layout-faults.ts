import type { Page } from 'playwright-core';

/** What does not fit: a page that scrolls sideways, text that is cut off without a mark, or that leaves its box. */
export const findLayoutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = [];
    const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wider > 0) faults.push(`the page scrolls sideways by ${wider}px`);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.textContent?.trim() && text.parentElement?.checkVisibility({ visibilityProperty: true })) look(text);
    }
    return faults;

    function look(text: Node): void {
      const range = document.createRange();
      range.selectNodeContents(text);
      let place = range.getBoundingClientRect();
      if (place.width === 0) return;
      const scroller = ancestors(text).find(
        (box) => /auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1,
      );
      if (scroller) {
        if (!mayScroll(scroller)) faults.push(`scrolls sideways: ${describe(text, scroller)}`);
        return;
      }
      let isItsOwn = true;
      for (const box of ancestors(text)) {
        const style = getComputedStyle(box);
        // Has no box.
        if (style.display === 'contents') continue;
        // For screen readers only.
        if (style.clipPath !== 'none' || style.clip !== 'auto') return;
        if (style.display.startsWith('inline') && style.overflowX === 'visible') continue;
        const edge = box.getBoundingClientRect();
        const beyond = Math.max(place.right - edge.right, edge.left - place.left);
        if (style.overflowX === 'visible') {
          isItsOwn = false;
          if (beyond > 2) return void faults.push(`leaves its box by ${Math.round(beyond)}px: ${describe(text, box)}`);
          continue;
        }
        if (style.webkitLineClamp !== 'none') return;
        // Its own lines end with dots, where something else does not cut the whole of it.
        if (isItsOwn && style.textOverflow === 'ellipsis') {
          place = edge;
          isItsOwn = false;
          continue;
        }
        isItsOwn = false;
        if (beyond > 1) return void faults.push(`is cut off: ${describe(text, box)}`);
        if (/auto|scroll/.test(style.overflowY)) return;
        if (place.bottom - edge.bottom > 2) return void faults.push(`is cut off below: ${describe(text, box)}`);
      }
    }

    /** Wide tables, code and rows of tabs or sections do, in a frame of their own. */
    function mayScroll(box: Element): boolean {
      return box.matches('nav, pre') || box.querySelector('table, pre, [role="tablist"]') !== null;
    }

    function ancestors(text: Node): Element[] {
      const found: Element[] = [];
      for (let box = text.parentElement; box; box = box.parentElement) found.push(box);
      return found;
    }

    function describe(text: Node, box: Element): string {
      const name = (element: Element | null) => `${element?.tagName.toLowerCase()}.${element?.getAttribute('class')}`;
      return `“${text.textContent?.slice(0, 50)}” of ${name(text.parentElement)} in ${name(box)}`;
    }
  });
