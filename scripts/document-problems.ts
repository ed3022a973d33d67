import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const maxContributingBytes = 2_048;
const dated =
  /^# .+\n\n- Date: (\d{4}-\d{2}-\d{2})\n- Status: (?:proposed|accepted|rejected|superseded by \[.+\]\(.+\.md\))\n/;

/** One sentence for each fault of the Markdown below this directory. */
export function findDocumentProblems(root: string): string[] {
  const problems: string[] = [];
  for (const file of globSync('docs/decisions/*.md', { cwd: root })) {
    const [, date = ''] = dated.exec(readFileSync(join(root, file), 'utf8')) ?? [];
    if (Number.isNaN(Date.parse(date)))
      problems.push(`${file} does not begin with a title, then "- Date: 2026-01-31" and "- Status: accepted".`);
  }
  const contributing = join(root, 'CONTRIBUTING.md');
  if (existsSync(contributing) && statSync(contributing).size > maxContributingBytes)
    problems.push(`CONTRIBUTING.md has more than ${maxContributingBytes} bytes.`);
  for (const file of globSync(['*.md', 'docs/**/*.md'], { cwd: root })) {
    problems.push(...findDeadLinks(root, file));
    if (/^(?:> )*(?:<<<<<<<|>>>>>>>|(?:> ){7}\w)/m.test(readFileSync(join(root, file), 'utf8')))
      problems.push(`${file} holds a conflict of a merge that was not resolved.`);
  }
  return problems;
}

function findDeadLinks(root: string, file: string): string[] {
  const links = readFileSync(join(root, file), 'utf8').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g);
  return [...links].flatMap(([, target = '']) =>
    existsSync(join(root, dirname(file), decodeURI(target))) ? [] : [`${file} links to ${target}, which is not there.`],
  );
}
