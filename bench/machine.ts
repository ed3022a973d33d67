import { spawnSync } from 'node:child_process';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';

/** What the figures were measured on, as a Markdown list. */
export function describeMachine(root: string, postgresVersion: string): string {
  const [first] = cpus();
  const git = (...args: string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim();
  const changed = git('status', '--porcelain', '--', 'server', 'contract', 'web', 'bench') !== '';
  return [
    `- ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`,
    `- ${first?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${(totalmem() / 1e9).toFixed(0)} GB of memory, ${platform()} ${release()}`,
    `- Node.js ${process.versions.node}, PostgreSQL ${postgresVersion} with the embedded settings, fsync on`,
    `- load average before the end: ${loadavg()
      .map((value) => value.toFixed(1))
      .join(' ')} (one minute, five, fifteen; other work on the machine counts against us)`,
  ].join('\n');
}
