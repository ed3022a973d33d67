import { isAbsolute, relative, win32 } from 'node:path';
import { Readable } from 'node:stream';
import { openInside, type Root } from '../../tools/files/open-inside.ts';

/** Telegram, or a server in its place, does not hand a file over, however often it is asked. Its message is for the log. */
export class FileRefused extends Error {
  override name = 'FileRefused';
}

export interface DownloadOptions {
  /** TELEGRAM_API_ROOT */
  root: string;
  token: string;
  /** TELEGRAM_FILES_ROOT: where a Bot API server with `--local` keeps files, if Pinchy may read there. */
  filesRoot: string | undefined;
}

/** Opens what `getFile` names: below the API's address, or a file of a Bot API server with `--local`. Throws FileRefused. */
export async function downloadFile(
  path: string,
  { root, token, filesRoot }: DownloadOptions,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const isLocal = isAbsolute(path) || win32.isAbsolute(path);
  if (isLocal && filesRoot !== undefined) {
    const found = await openLocal(path, filesRoot);
    if (found) return found;
  }
  // Some let a web server offer the files of their Bot API server under the address that Telegram's own has.
  const served = isLocal ? path.split(/[\\/]/).slice(-2).join('/') : path;
  const address = `${root}/file/bot${token}/${served.split('/').map(encodeURIComponent).join('/')}`;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(120_000)]);
  const answer = await fetch(address, { signal: limited, redirect: 'error' });
  if (answer.ok && answer.body) return Readable.fromWeb(answer.body as never) as AsyncIterable<Uint8Array>;
  await answer.body?.cancel();
  if (isLocal || (answer.status >= 400 && answer.status < 500 && answer.status !== 429)) {
    throw new FileRefused(`The file was not sent (${answer.status}).`);
  }
  throw new Error(`The file was not sent (${answer.status}).`);
}

/** Undefined when it is not there, or does not lie within the directory that may be read. */
async function openLocal(path: string, filesRoot: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  const within = relative(filesRoot, path);
  if (within === '' || isAbsolute(within)) return undefined;
  // The first is the bot's own directory.
  const [bot, ...segments] = within.split(/[\\/]/);
  if (bot === undefined || bot === '..' || segments.length === 0) return undefined;
  const root: Root = { virtualPath: '/', anchor: filesRoot, below: [bot], linksTo: 'data' };
  try {
    const { handle } = await openInside({ root, roots: [root], segments, kind: 'file' });
    return handle.createReadStream();
  } catch {
    return undefined;
  }
}
