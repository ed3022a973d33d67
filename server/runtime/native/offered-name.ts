/**
 * The name of an offered tool in what a model called it: gpt-oss leaves parts of its own format in names, such as
 * `pinchy_ls<|channel|>commentary` or `functions.pinchy_ls`. Any other name stays as it is, for the tool gate to refuse.
 */
export function offeredName(name: string, offered: ReadonlySet<string>): string {
  if (offered.has(name)) return name;
  const addressed = /to=([^\s<]+)/.exec(name)?.[1] ?? name;
  const plain = addressed.replace(/(?<!\s)\s*<\|.*$/s, '').replace(/^functions?[._:]/, '');
  return offered.has(plain) ? plain : name;
}
