import type { Locator, Page } from 'playwright-core';

/** What is painted red on a page, without the mark, the agents' own figures and what warns of danger. */
export const findRed = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const dangerous = /^(delete|remove|deactivate|revoke|disconnect|failed)/i;
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const known = new Map<string, boolean>();
    const found: string[] = [];
    for (const element of document.querySelectorAll('body, body *')) {
      if (!element.checkVisibility({ visibilityProperty: true }) || mayBeRed(element)) continue;
      const style = getComputedStyle(element);
      const painted = [
        hasText(element) && (['color', style.color] as const),
        ['background', style.backgroundColor] as const,
        parseFloat(style.borderTopWidth) > 0 && (['border', style.borderTopColor] as const),
        parseFloat(style.borderBottomWidth) > 0 && (['border', style.borderBottomColor] as const),
        parseFloat(style.borderLeftWidth) > 0 && (['border', style.borderLeftColor] as const),
        style.outlineStyle !== 'none' && (['outline', style.outlineColor] as const),
        element instanceof SVGElement && (['stroke', style.stroke] as const),
        element instanceof SVGElement && (['fill', style.fill] as const),
      ];
      for (const pair of painted)
        if (pair && isRed(pair[1])) found.push(`${pair[0]} ${pair[1]} of ${element.outerHTML.slice(0, 160)}`);
    }
    return found;

    function mayBeRed(element: Element): boolean {
      if (element.closest('svg[viewBox="0 0 32 32"], [role="alert"]')) return true;
      const named = element.closest('button, a, section, .mantine-Badge-root');
      const name = named?.getAttribute('aria-label') ?? named?.textContent ?? '';
      return dangerous.test(name.trim());
    }

    function hasText(element: Element): boolean {
      return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    }

    function isRed(color: string): boolean {
      const before = known.get(color);
      if (before !== undefined) return before;
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = color.startsWith('url') || color === 'none' ? 'transparent' : color;
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
      const chroma = Math.max(red, green, blue) - Math.min(red, green, blue);
      const hue = red >= green && red >= blue ? (60 * (green - blue)) / (chroma || 1) : 180;
      const is = alpha > 12 && chroma > 40 && Math.abs(hue) < 17;
      known.set(color, is);
      return is;
    }
  });

/** The hue of what fills a button, in degrees. */
export const hueOf = async (button: Locator): Promise<number> => {
  await button.waitFor();
  return await button.evaluate((element) => {
    const [red = 0, green = 0, blue = 0] = getComputedStyle(element).backgroundColor.match(/\d+/g)!.map(Number);
    const most = Math.max(red, green, blue);
    const chroma = most - Math.min(red, green, blue) || 1;
    if (most === red) return ((60 * (green - blue)) / chroma + 360) % 360;
    return most === green ? 120 + (60 * (blue - red)) / chroma : 240 + (60 * (red - green)) / chroma;
  });
};
