import { healthEndpoints } from '../../../contract/health.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import type { AgentRuntime } from '../../runtime/agent-runtime.ts';

export interface HealthSources {
  version: string;
  isDatabaseConnected(): Promise<boolean>;
  runtime: AgentRuntime;
}

export function addHealthRoutes(add: AddEndpoint, { version, isDatabaseConnected, runtime }: HealthSources): void {
  add(healthEndpoints.health, async ({ reply }) => {
    const connected = await isDatabaseConnected();
    const openclaw = runtime.health();
    const status = connected && openclaw.connected ? ('ok' as const) : ('unavailable' as const);
    if (status !== 'ok') reply.code(503);
    return {
      status,
      version,
      database: { connected },
      openclaw: { connected: openclaw.connected, mode: openclaw.mode },
    };
  });
  add(healthEndpoints.runtimeHealth, async ({ reply }) => {
    const { connected, mode, restartingSince } = runtime.health();
    if (connected) return { status: 'ok' as const, connected: true, mode };
    if (restartingSince)
      return { status: 'restarting' as const, connected: false, since: restartingSince.toISOString() };
    reply.code(503);
    return { status: 'unavailable' as const, connected: false, mode };
  });
}
