/** A ref for the first field of a page that is nothing but a form. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus();
}
