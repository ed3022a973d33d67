import type { WritableDatabase } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ProviderRoots } from '../../providers/provider.ts';
import { createGatewayDevice } from '../../runtime/openclaw/gateway-device.ts';
import { createOpenClawRuntime, type OpenClawRuntime } from '../../runtime/openclaw/openclaw-runtime.ts';
import { holdPortOf } from '../../platform/own-addresses.ts';
import type { ImageSource } from '../../tools/files/image-source.ts';
import type { Spending } from '../../runtime/spending.ts';
import type { ToolGate } from '../../tools/tool-gate.ts';
import type { ToolRegistry } from '../../tools/tool-registry.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import type { ContextService } from '../settings/context.service.ts';
import { findBrokenRuns } from './gateway-run.queries.ts';
import { createMirrorSources } from './mirror-sources.ts';
import { createPluginDoor, type PluginDoor } from './plugin-door.ts';
import { watchForGateway } from './watch-for-gateway.ts';

/** An OpenClaw Gateway as the place where agents run. */
export interface OpenClaw {
  runtime: OpenClawRuntime;
  /** What the gateway's plugin may ask, and the token it shows. */
  door: PluginDoor;
  token: string;
  start(): void;
  stop(): Promise<void>;
}

export function createOpenClaw(options: {
  url: string;
  token: string;
  /** ENCRYPTION_KEY */
  encryptionKey: string;
  version: string;
  db: WritableDatabase;
  signals: Signals;
  contexts: ContextService;
  providers: ProviderService;
  roots: ProviderRoots;
  agents: AgentDirectory;
  toolGate: ToolGate;
  images: ImageSource;
  spending: Spending;
  registry: ToolRegistry;
  replicaId: string;
  log: Logger;
}): OpenClaw {
  const toolIds = options.registry.all().map(({ id }) => id);
  const runtime = createOpenClawRuntime({
    ...options,
    device: createGatewayDevice(options.encryptionKey),
    sources: createMirrorSources({ ...options, toolIds }),
    findBrokenRuns: (sessions) => findBrokenRuns(options.db, sessions),
  });
  const door = createPluginDoor({ ...options, keepOutcome: runtime.keepOutcome });
  const watch = watchForGateway(options.signals, runtime);
  let releasePort = () => {};
  return {
    runtime,
    door,
    token: options.token,
    start() {
      releasePort = holdPortOf(options.url, 80);
      watch.start();
    },
    async stop() {
      releasePort();
      await watch.stop();
    },
  };
}
