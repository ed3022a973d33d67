/** Names in a sentence; of those that several have, such as everybody's assistant, how many. */
export function listNames(locale: string, named: readonly { name: string }[]): string {
  const counts = new Map<string, number>();
  for (const { name } of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  const texts = [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count.toLocaleString(locale)})`));
  return new Intl.ListFormat(locale).format(texts);
}
