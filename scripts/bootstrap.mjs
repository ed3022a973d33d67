// Installs the packages and builds what is stale, one process at a time. Plain JavaScript without packages: it runs
// before they are there, on whatever Node started npm (20 or later).
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { withLock } from './bootstrap-lock.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const hiddenLockfile = join(root, 'node_modules', '.package-lock.json');
let running;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    process.exitCode = 130;
    // npm would roll back for many seconds; the next start begins anew anyway.
    if (running?.pid) process.kill(-running.pid, 'SIGKILL');
    else process.exit();
  });
}

try {
  if (Number.parseInt(process.versions.node) < 20) {
    throw new Error(`Pinchy needs Node.js 20 or later to install itself; this is ${process.versions.node}.`);
  }
  mkdirSync(join(root, '.cache'), { recursive: true });
  await withLock(join(root, '.cache', 'bootstrap.lock'), async () => {
    if (stale('needs_install')) await install();
    if (!process.exitCode && process.argv[2] === 'build' && stale('needs_build')) await build();
  });
} catch (error) {
  if (process.exitCode === undefined) console.error(explain(error));
  process.exitCode ??= 1;
}

function explain(error) {
  if (error.code === 'EACCES' || error.code === 'EROFS') {
    return `Pinchy is not installed completely, and ${root} is not writable: run npm start once as its owner.`;
  }
  return error.message;
}

function stale(question) {
  const script = `root=$1; . "$1/scripts/bootstrap.sh"; ${question}`;
  return spawnSync('sh', ['-c', script, 'sh', root]).status === 0;
}

async function install() {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  if (isInstalled(wanted)) {
    // The lockfile was touched, by a checkout for instance, but says the same.
    utimesSync(hiddenLockfile, new Date(), new Date());
    return;
  }
  const paths = Object.keys(wanted).filter((path) => path && fitsThisMachine(wanted[path]));
  const title = 'Installing packages (first start only, about a minute)';
  const npm = process.env.npm_execpath;
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
  const [command, prefix] = npm && /\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  const env = {
    ...withoutSecrets(),
    ...(canWrite(homedir()) ? {} : { npm_config_cache: join(root, '.cache', 'npm') }),
  };
  const stop = showProgress(title, () => {
    const present = paths.filter((path) => existsSync(join(root, path, 'package.json'))).length;
    return present < paths.length ? `${present} of ${paths.length}` : 'finishing';
  });
  let { code, output } = await run(command, [...prefix, ...args], env);
  if (code !== 0 && output.includes('ENOTEMPTY')) {
    // An npm whose parent was killed may still be writing.
    await sleep(5000);
    ({ code, output } = await run(command, [...prefix, ...args], env));
  }
  if (code === 0) removeUnread();
  stop(code === 0);
  if (code === 0 || process.exitCode) return;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(output)) {
    throw new Error('The packages cannot be downloaded: check the network connection, then start again.');
  }
  throw new Error(`The packages cannot be installed:\n${output.trim()}`);
}

/** What packages bring and nobody here reads, a sixth of all: source maps, changes, and Node's headers for add-ons. */
function removeUnread() {
  const packages = join(root, 'node_modules');
  for (const entry of readdirSync(packages, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:[cm]?[jt]s|css)\.map$|^(?:readme|changelog|history)\.md$/i.test(entry.name)) continue;
    unlinkSync(join(entry.parentPath ?? entry.path, entry.name));
  }
  for (const name of readdirSync(packages).filter((entry) => /^node-(?:bin-)?(?:linux|darwin)-/.test(entry)))
    rmSync(join(packages, name, 'include'), { recursive: true, force: true });
}

/** What npm needs to find its registry and its way there: Pinchy's keys are nothing to the install scripts of packages. */
function withoutSecrets() {
  const passedOn =
    /^(path|home|user|logname|shell|lang|lc_\w+|tz|te?mp(dir)?|term|ci|no_color|xdg_\w+|(https?|all|no)_proxy|node_extra_ca_certs|ssl_cert_(file|dir)|npm_config_.+)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name)));
}

function isInstalled(wanted) {
  if (!existsSync(hiddenLockfile)) return false;
  const present = JSON.parse(readFileSync(hiddenLockfile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (!path) return true;
    return present[path] ? present[path].version === version : optional;
  });
}

function fitsThisMachine({ os, cpu, libc }) {
  return (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch)) && !libc?.includes('musl');
}

function canWrite(path) {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function build() {
  const stop = showProgress('Building the server and the web app');
  const { code, output } = await run(join(root, 'bin', 'node24'), [join(root, 'scripts', 'build.ts')], {
    ...withoutSecrets(),
    NO_COLOR: '1',
  });
  stop(code === 0);
  if (code !== 0 && !process.exitCode) throw new Error(`Pinchy cannot be built:\n${output.trim()}`);
}

/** Runs a command silently; what it says is for the case that it fails. */
function run(command, args, env) {
  return new Promise((resolve, reject) => {
    // In a group of its own, so that what it started can be ended with it.
    running = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    const collect = (chunk) => (output = (output + chunk).slice(-8000));
    running.stdout.on('data', collect);
    running.stderr.on('data', collect);
    running.once('error', reject);
    running.once('close', (code) => {
      running = undefined;
      resolve({ code, output });
    });
  });
}

/** One line that lives in a terminal; elsewhere a line at the start and then every ten seconds. */
function showProgress(title, detail = () => '') {
  const start = Date.now();
  const live = process.stderr.isTTY;
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const line = () => [`${title} …`, detail(), `${seconds()} s`].filter(Boolean).join('  ');
  process.stderr.write(live ? line() : `${title} …\n`);
  const timer = setInterval(
    () => process.stderr.write(live ? `\r\x1b[K${line()}` : `  ${line()}\n`),
    live ? 500 : 10_000,
  );
  return (succeeded) => {
    clearInterval(timer);
    const end = `${title}: ${succeeded ? 'done' : process.exitCode ? 'interrupted' : 'failed'} after ${seconds()} s\n`;
    process.stderr.write(live ? `\r\x1b[K${end}` : end);
  };
}
