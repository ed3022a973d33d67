// A lock between processes for Node 20, which has no file locks: a file that its owner keeps touching.
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MILLISECONDS = 2000;
const STALE_MILLISECONDS = 15_000;

/** Runs `action` while no other process runs one under the same lock file. */
export async function withLock(path, action) {
  const token = `${process.pid} ${Math.random()}`;
  let announced = false;
  while (!take(path, token)) {
    if (!announced) console.error('Another start is installing or building; waiting for it …');
    announced = true;
    await sleep(200);
  }
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MILLISECONDS);
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    rmSync(path, { force: true });
  }
}

function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Somebody cleared .cache away.
  }
}

function take(path, token) {
  try {
    writeFileSync(path, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const owner = readFileSync(path, 'utf8');
    if (Date.now() - statSync(path).mtimeMs < STALE_MILLISECONDS && isAlive(Number.parseInt(owner))) return false;
    // Only one of several that find it stale can move it away; one that moved a new lock by mistake puts it back.
    const moved = `${path}.${process.pid}`;
    renameSync(path, moved);
    if (readFileSync(moved, 'utf8') === owner) rmSync(moved);
    else renameSync(moved, path);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

function isAlive(pid) {
  if (!pid) return true; // being written
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
