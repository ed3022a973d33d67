import { homedir, hostname } from 'node:os';
import { isIP } from 'node:net';
import { escapePattern } from '../../../contract/escape-pattern.ts';
import type { Config } from '../../config.ts';

/**
 * Takes out of a sentence what names this installation or opens it, so that it can be pasted into a public issue:
 * secrets, directories, host names, addresses and e-mail addresses. Hosts of model providers stay.
 */
export function createHider(
  config: Config | undefined,
  { lockedDomain, environment }: { lockedDomain: string | undefined; environment: NodeJS.ProcessEnv },
): (text: string) => string {
  const known: [string | undefined, string][] = [
    [config?.home, 'PINCHY_HOME'],
    [environment['PINCHY_HOME'], 'PINCHY_HOME'],
    [config?.dataRoot, 'DATA_ROOT'],
    [process.cwd(), '.'],
    [homedir(), '~'],
    [hostname(), '<this machine>'],
    [lockedDomain, '<the domain>'],
    [config?.encryptionKey, '<secret>'],
    [config?.authSecret, '<secret>'],
    [config?.audit.secret, '<secret>'],
    [config?.metricsToken, '<secret>'],
    [config?.openclaw?.token, '<secret>'],
    ...namesOf(config?.databaseUrl, 'database'),
    ...namesOf(config?.openclaw?.url, 'gateway'),
  ];
  const replacements = known
    .filter((pair): pair is [string, string] => pair[0] !== undefined && pair[0].length > 1 && !isLocal(pair[0]))
    .sort(([one], [other]) => other.length - one.length);
  return (text) => {
    let hidden = text;
    for (const [value, name] of replacements) hidden = hidden.replaceAll(asWord(value), name);
    return hidden
      .replaceAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '<e-mail>')
      .replaceAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, (found) => (isIP(found) && !isLocal(found) ? '<address>' : found));
  };
}

function namesOf(url: string | undefined, what: string): [string, string][] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { hostname: host, password, username, pathname, searchParams } = new URL(url);
  return [
    [host, `<the ${what}'s host>`],
    [searchParams.get('host') ?? '', `<the ${what}'s host>`],
    [decodeURIComponent(password), '<secret>'],
    [password, '<secret>'],
    ...(username === 'pinchy' ? [] : ([[decodeURIComponent(username), '<user>']] as [string, string][])),
    ...(pathname === '/pinchy' ? [] : ([[pathname.slice(1), `<the ${what}>`]] as [string, string][])),
  ];
}

const isLocal = (name: string): boolean => name === 'localhost' || name === '::1' || name.startsWith('127.');

/** As a whole word: a host may be called `db`. */
function asWord(value: string): RegExp {
  return new RegExp(`(?<![\\w])${escapePattern(value)}(?![\\w])`, 'g');
}
