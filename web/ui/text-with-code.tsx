import { Code } from '@mantine/core';

/** A text of the catalogue in which `backticks` mark what stands as code. */
export function TextWithCode({ text }: { text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <Code key={index}>{part}</Code> : part));
}
