import { type FSWatcher, watch as watchDirectory } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../platform/logger.ts';
import type { PassScope } from './index/messages.ts';

export interface DirectoryWatch {
  start(): void;
  stop(): void;
  /** Watches these virtual directories, and no others. */
  watch(paths: string[]): void;
}

/** Each takes something of what the system has for all its processes. */
const maxWatched = 4_000;
/** Where not every change is told, everything is looked through so often; elsewhere only to be sure. In milliseconds. */
const sweepMs = 45_000;
const rareSweepMs = 15 * 60_000;

/** File systems of other machines, of which Linux tells only what this machine changes: NFS, SMB, CIFS, FUSE, 9P. */
const remoteFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997]);

/** Tells which directories changed: by the system's word where it gives it, by regular looks where it does not. */
export function createDirectoryWatch(options: {
  dataRoot: string;
  log: Logger;
  onChange(scope: PassScope): void;
}): DirectoryWatch {
  const { dataRoot, log, onChange } = options;
  const watchers = new Map<string, FSWatcher>();
  let isComplete = true;
  let isStopped = false;
  let sweep: NodeJS.Timeout | undefined;

  function add(path: string): boolean {
    if (watchers.has(path)) return true;
    if (watchers.size >= maxWatched) return false;
    try {
      const watcher = watchDirectory(join(dataRoot, path.slice('/data'.length)), { persistent: false }, () =>
        onChange(path === '/data' ? 'all' : [path]),
      );
      // A directory that was removed is told by the one above it.
      watcher.on('error', () => remove(path));
      watchers.set(path, watcher);
      return true;
    } catch {
      return false;
    }
  }

  function remove(path: string): void {
    watchers.get(path)?.close();
    watchers.delete(path);
  }

  function planSweep(): void {
    clearTimeout(sweep);
    if (isStopped) return;
    sweep = setTimeout(
      () => {
        onChange('all');
        planSweep();
      },
      isComplete ? rareSweepMs : sweepMs,
    );
    sweep.unref();
  }

  async function isRemote(): Promise<boolean> {
    if (process.platform !== 'linux') return false;
    const kind = await statfs(dataRoot).then(
      ({ type }) => type >>> 0,
      () => undefined,
    );
    return kind === undefined || remoteFileSystems.has(kind);
  }

  return {
    start() {
      isComplete = add('/data');
      planSweep();
    },
    stop() {
      isStopped = true;
      clearTimeout(sweep);
      for (const path of watchers.keys()) remove(path);
    },
    watch(paths) {
      if (isStopped) return;
      const wanted = new Set(['/data', ...paths]);
      for (const path of watchers.keys()) if (!wanted.has(path)) remove(path);
      const unwatched = [...wanted].filter((path) => !watchers.has(path));
      const areWatched = [...wanted].map(add).every(Boolean);
      // What changed between the look that found them and now was told by nobody.
      const begun = unwatched.filter((path) => watchers.has(path));
      if (begun.length > 0) onChange(begun);
      void isRemote().then((remote) => {
        const before = isComplete;
        isComplete = areWatched && !remote;
        if (isComplete === before) return;
        if (!isComplete)
          log.info({ directories: wanted.size }, 'not every directory can be watched: they are looked through');
        planSweep();
      });
    },
  };
}
