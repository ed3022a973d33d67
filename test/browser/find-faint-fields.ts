import type { Page } from 'playwright-core';

interface Fields {
  /** How many were looked at. */
  seen: number;
  faint: string[];
}

/**
 * Empty fields, boxes and switches that stand on their ground at less than 3:1: WCAG 2.2 asks for it in 1.4.11, and axe does not
 * look.
 */
export const findFaintFields = (page: Page): Promise<Fields> =>
  page.evaluate(() => {
    const framed =
      '.mantine-Input-input, .mantine-Checkbox-input, .mantine-Radio-radio, .mantine-RadioIndicator-indicator';
    const isChosen = (element: Element) =>
      element.matches(':checked, :focus, :disabled, [data-checked], [data-error], [data-indeterminate]');
    const faint: string[] = [];
    let seen = 0;
    for (const element of document.querySelectorAll(framed))
      if (!isChosen(element)) look(element, getComputedStyle(element).borderTopColor);
    for (const track of document.querySelectorAll('.mantine-Switch-track'))
      if (!isChosen(track.previousElementSibling!)) look(track, getComputedStyle(track).backgroundColor);
    return { seen, faint };

    function look(element: Element, color: string): void {
      const [red, green, blue, alpha] = numbersOf(color);
      if (alpha === 0 || !element.checkVisibility()) return;
      seen += 1;
      const [lighter = 0, darker = 0] = [luminance([red, green, blue]), luminance(groundOf(element))].sort(
        (a, b) => b - a,
      );
      const ratio = (lighter + 0.05) / (darker + 0.05);
      if (ratio < 3) faint.push(`${ratio.toFixed(2)}: ${element.outerHTML.slice(0, 120)}`);
    }

    function groundOf(element: Element): number[] {
      for (let box = element.parentElement; box; box = box.parentElement) {
        const color = numbersOf(getComputedStyle(box).backgroundColor);
        if (color[3] === 1) return color;
      }
      return [255, 255, 255];
    }

    function numbersOf(color: string): [number, number, number, number] {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
      return [red, green, blue, alpha];
    }

    function luminance([red = 0, green = 0, blue = 0]: number[]): number {
      const linear = (value: number) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }
  });
