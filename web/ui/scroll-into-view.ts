/** A ref for the active one of a row of links that may be wider than a phone. */
export function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ inline: 'center', block: 'nearest' });
}
