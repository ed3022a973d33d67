import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

/** A gateway that is started again when it ends by itself. */
export interface SupervisedGateway {
  /** The process that runs now, if any. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

export interface GatewayProcess {
  /** The path of openclaw.mjs. */
  program: string;
  configPath: string;
  say: (text: string) => void;
  stdio?: 'inherit' | 'ignore';
}

/** The gateway's word for a configuration that it cannot use. */
const configurationError = 78;
const minPauseMs = 500;
const maxPauseMs = 30_000;
/** A gateway that ran so long had started well. */
const healthyAfterMs = 60_000;
const stopMs = 8_000;

export function superviseGateway(options: GatewayProcess): SupervisedGateway {
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let pauseMs = minPauseMs;

  function start(): void {
    const startedAt = Date.now();
    const started = spawnChild(['gateway']);
    started.once('exit', (code) => {
      if (!stopped) void startAgain(code, Date.now() - startedAt);
    });
  }

  function spawnChild(args: string[]): ChildProcess {
    const spawned = spawnGateway(options, args);
    child = spawned;
    ended = new Promise((resolve) => {
      spawned.once('error', () => resolve());
      spawned.once('exit', () => resolve());
    });
    return spawned;
  }

  async function startAgain(code: number | null, ranMs: number): Promise<void> {
    if (ranMs > healthyAfterMs) pauseMs = minPauseMs;
    options.say(`The gateway ended (${code ?? 'killed'}); starting it again`);
    if (code === configurationError) {
      spawnChild(['doctor', '--fix', '--yes', '--non-interactive']);
      await ended;
    }
    timer = setTimeout(() => !stopped && start(), pauseMs);
    pauseMs = Math.min(maxPauseMs, pauseMs * 2);
  }

  start();
  return {
    get pid() {
      return child?.pid;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const kill = setTimeout(() => child?.kill('SIGKILL'), stopMs);
      await ended;
      clearTimeout(kill);
    },
  };
}

function spawnGateway({ program, configPath, stdio = 'inherit' }: GatewayProcess, args: string[]): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    cwd: dirname(configPath),
    stdio: ['ignore', stdio, stdio],
    env: gatewayEnvironment(configPath),
  });
}

/** What OpenClaw's commands are run with, so that they are about this gateway and nothing else of the machine. */
export function gatewayEnvironment(configPath: string): Record<string, string> {
  const state = dirname(configPath);
  return {
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    LANG: process.env['LANG'] ?? 'C.UTF-8',
    HOME: join(state, 'home'),
    OPENCLAW_STATE_DIR: state,
    OPENCLAW_CONFIG_PATH: configPath,
    OPENCLAW_DISABLE_BONJOUR: '1',
    OPENCLAW_NO_RESPAWN: '1',
    OPENCLAW_SKIP_CHANNELS: '1',
    OPENCLAW_EXEC_SHELL_SNAPSHOT: '0',
  };
}
