// Without schemas, so that a page can import it at no cost.

/** Figures that an agent's icon is drawn with. */
export const iconSymbols = ['sunrise', 'dots', 'bars', 'triangle', 'moon', 'halves'] as const;
export type IconSymbol = (typeof iconSymbols)[number];

/** The colours an icon can have, by the hue of its ground in OKLCH, in degrees. */
export const iconHues = {
  red: 25,
  orange: 55,
  yellow: 95,
  green: 150,
  teal: 195,
  blue: 250,
  violet: 295,
  pink: 350,
} as const;
export type IconColor = keyof typeof iconHues;
export const iconColors = Object.keys(iconHues) as [IconColor, ...IconColor[]];

/** What stands for an agent in lists and in the chat; without one it is drawn from the agent's id. */
export type AgentIcon = { emoji: string } | { symbol: IconSymbol; color: IconColor };
