import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

interface ListedFile {
  file: string;
  projectName: string;
}

/**
 * The projects of vitest.config.ts that have test files which match: those of `npm test`, and only where these have none
 * those that take minutes.
 */
export function findTestProjects(root: string, filters: string[]): string[] {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  // The filters come first: the option takes a word that follows as the file to write to.
  const output = execFileSync(process.execPath, [vitest, 'list', ...filters, '--filesOnly', '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  const projects = [...new Set((JSON.parse(output) as ListedFile[]).map(({ projectName }) => projectName))];
  const short = projects.filter((project) => !project.endsWith('-long'));
  return (short.length > 0 ? short : projects).sort((one, other) => Number(isBrowser(one)) - Number(isBrowser(other)));
}

const isBrowser = (project: string): boolean => project.startsWith('browser');
