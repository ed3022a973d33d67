import { createTheme } from '@mantine/core';
import type { MantineColorsTuple } from '@mantine/core';

/**
 * The accent: a calm blue, far from the red of danger. White text stands on shade 7 at 7.2:1 and on shade 6 at 5.2:1; shade 4
 * reads on dark ground at 8:1.
 */
const tide: MantineColorsTuple = [
  '#eef6fe',
  '#dbecfc',
  '#b7d9f7',
  '#92c4ee',
  '#7bb6e8',
  '#4a8cc1',
  '#2e71a4',
  '#1a5b8a',
  '#104971',
  '#0d3858',
];

const dark: MantineColorsTuple = [
  '#e7e6e4',
  '#c2c1be',
  '#a3a29e',
  '#6f6e6a',
  '#3a3a3a',
  '#2e2e2f',
  '#242425',
  '#1a1a1b',
  '#141415',
  '#0e0e0f',
];

/** Mantine's red carries white text at less than 4:1; this one at 5.6:1. */
const red: MantineColorsTuple = [
  '#fff0f0',
  '#ffdede',
  '#ffc2c2',
  '#ffa3a0',
  '#ff8d80',
  '#ec5a55',
  '#d93a38',
  '#c92a2a',
  '#a82222',
  '#881b1b',
];

const gray: MantineColorsTuple = [
  '#f9f9f8',
  '#f2f1ef',
  '#e9e8e5',
  '#dddcd8',
  '#cbcac5',
  '#a8a7a1',
  '#6d6c67',
  '#4c4b47',
  '#333230',
  '#1f1e1d',
];

/** Shipped with the product (typeface.css); the others stand in until it is there, and for scripts it does not have. */
const typeface =
  '"Inter", "Inter stand-in", ui-sans-serif, -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

/** The list of options scrolls by itself, as assistive technology expects it, and not an element between. */
const scrollingOptions = {
  withScrollArea: false,
  styles: { options: { maxHeight: '15.625rem', overflowY: 'auto' } },
};

export const theme = createTheme({
  colors: { tide, dark, gray, red },
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: typeface,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, "JetBrains Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontFamily: typeface,
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.1875rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  // Plain objects: importing the components for their types would put them into the first load.
  components: {
    Badge: { defaultProps: { tt: 'none', fw: 600 } },
    // The placeholder would be a child of the menu that is no item; the first item takes the focus as well.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // Like menus: a list that lies over fields is told from them.
    Combobox: { defaultProps: { shadow: 'md' } },
    Select: { defaultProps: scrollingOptions },
    MultiSelect: { defaultProps: scrollingOptions },
    // Lighter than Mantine's: what it belongs to stays readable beside it.
    DrawerOverlay: { defaultProps: { backgroundOpacity: 0.3 } },
    Modal: { defaultProps: { centered: true, radius: 'lg', overlayProps: { blur: 2, opacity: 0.45 } } },
  },
});
