const types = ['feat', 'fix', 'perf', 'refactor', 'test', 'docs', 'build', 'ci', 'chore', 'style', 'revert'];
const maxSubjectLength = 72;
const form = new RegExp(`^(?:${types.join('|')})(?:\\([a-z0-9-]+\\))?!?: (\\S.*)$`);
/** Of a change that people or the next developer notice. */
const needsBody = ['feat', 'fix', 'perf', 'refactor'];

/** What keeps a message from being `type(scope): subject` with a body that says why: https://www.conventionalcommits.org */
export function findMessageProblems(message: string): string[] {
  const [header = '', blank, ...body] = message.split('\n');
  const problems: string[] = [];
  const [, subject = ''] = form.exec(header) ?? [];
  if (!subject) problems.push(`is not \`type(scope): subject\` with one of ${types.join(', ')}`);
  else if (/^[A-Z][a-z]/.test(subject) || subject.endsWith('.'))
    problems.push('has a capital first or a full stop last');
  if (header.length > maxSubjectLength) problems.push(`has ${header.length} characters, more than ${maxSubjectLength}`);
  if (blank) problems.push('has no empty line after the first');
  const type = /^[a-z]+/.exec(header)?.[0] ?? '';
  if (needsBody.includes(type) && body.join('').trim() === '') problems.push('has no body that says why');
  return problems.map((problem) => `"${header}" ${problem}.`);
}
