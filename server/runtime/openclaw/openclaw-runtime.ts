import type { Logger } from '../../platform/logger.ts';
import type { ImageSource } from '../../tools/files/image-source.ts';
import type { ToolCallOutcome, ToolGate } from '../../tools/tool-gate.ts';
import { type AgentRuntime, maxSteps, type RunRequest, type RuntimeEvent } from '../agent-runtime.ts';
import { createGatewayConnection, isRestarting } from './gateway-connection.ts';
import type { GatewayDevice } from './gateway-device.ts';
import { gatewayRestarting, gatewayUnavailable } from './gateway-failure.ts';
import { createGatewayMirror, type MirrorSources, whenReady } from './gateway-mirror.ts';
import { gatewayRunId, sessionKeyOf, type SessionOwner } from './gateway-names.ts';
import { createGatewayRun, type GatewayRun } from './gateway-run.ts';
import { type BrokenRun, type BusySession, createOrphanWatch } from './orphan-watch.ts';
import { createGatewaySpending } from './gateway-spending.ts';
import { type Spending, spentEvent } from '../spending.ts';
import { createSessionMemory } from './session-memory.ts';
import { agentRequest, loadQuestionImages } from './agent-request.ts';
import { lastStepText, turnText } from './turn-message.ts';

export interface OpenClawRuntime extends AgentRuntime {
  start(): void;
  stop(): Promise<void>;
  /** Something that is mirrored changed: agents, their files, contexts, providers. */
  changed(): void;
  /** The conversation was deleted: what the gateway has of it goes as well. */
  forgetConversation(owner: SessionOwner): Promise<void>;
  /** A call that came back from the plugin ended in this process. */
  keepOutcome(gatewayRunId: string, toolCallId: string, outcome: ToolCallOutcome): void;
}

const repairPauseMs = 100;
const repairRetryMs = 5_000;
/** How often a turn of a new agent is asked for until the gateway knows the agent. */
const startTries = 50;

/**
 * Runs agents in an OpenClaw Gateway. The gateway keeps the session and calls the model; prompt and tools of each turn,
 * and every tool call, come from Pinchy through its plugin, so that governance is what it is in the built-in runtime.
 */
export function createOpenClawRuntime(options: {
  url: string;
  token: string;
  device: GatewayDevice;
  version: string;
  toolGate: Pick<ToolGate, 'call'>;
  images: ImageSource;
  spending: Spending;
  sources: MirrorSources;
  findBrokenRuns: (sessions: BusySession[]) => Promise<BrokenRun[]>;
  log: Logger;
}): OpenClawRuntime {
  const { toolGate, log } = options;
  const active = new Map<string, GatewayRun>();
  /** Runs that were under way when the connection was lost: the gateway may still be at them. */
  const orphans = new Set<GatewayRun>();
  let repairing: NodeJS.Timeout | undefined;

  const connection = createGatewayConnection({
    ...options,
    onConnected() {
      for (const orphan of orphans) void abort(orphan);
      orphans.clear();
      void orphanWatch.poll();
      changed();
    },
    onLost() {
      mirror.forget();
      sessions.forget();
      for (const broken of active.values()) {
        orphans.add(broken);
        broken.fail(gatewayUnavailable);
      }
    },
    onEvent(event) {
      for (const current of active.values()) current.applyEvent(event);
    },
  });
  const mirror = createGatewayMirror({ connection, sources: options.sources, log });
  const sessions = createSessionMemory(connection);
  const orphanWatch = createOrphanWatch({
    connection,
    findBrokenRuns: options.findBrokenRuns,
    abort,
    onError: (error) => log.warn({ reason: reasonOf(error) }, 'could not look for answers that nobody waits for'),
  });

  /** Changes come in bursts, and may come without a pause. */
  function changed(pauseMs = repairPauseMs): void {
    repairing ??= setTimeout(() => {
      repairing = undefined;
      if (connection.connected) mirror.repair().catch(repairLater);
    }, pauseMs);
    repairing.unref();
  }

  function repairLater(error: unknown): void {
    log.warn({ reason: reasonOf(error) }, 'the gateway could not be brought up to date; trying again');
    changed(repairRetryMs);
  }

  function sayForgetFailed(error: unknown): void {
    log.warn({ reason: reasonOf(error) }, 'a deleted conversation could not be removed from the gateway');
  }

  async function abort({
    sessionKey,
    gatewayRunId: runId,
  }: Pick<GatewayRun, 'sessionKey' | 'gatewayRunId'>): Promise<void> {
    await connection.request('chat.abort', { sessionKey, runId }).catch(() => undefined);
  }

  async function* run(request: RunRequest, signal: AbortSignal): AsyncGenerator<RuntimeEvent> {
    const lastStep = maxSteps - 1;
    for await (const event of runInGateway(request, signal)) {
      const isUsedUp = event.type === 'finish' && event.reason === 'step_limit' && request.stepsUsed < lastStep;
      if (isUsedUp) {
        const lastRun = runInGateway({ ...request, stepsUsed: lastStep }, signal, lastStepText);
        for await (const last of lastRun) yield endsWithLimit(last) ? { ...last, reason: 'step_limit' } : last;
      } else yield event;
    }
  }

  /** A run of the gateway. With a `text`, its session goes on from the turn before. */
  async function* runInGateway(request: RunRequest, signal: AbortSignal, text?: string): AsyncGenerator<RuntimeEvent> {
    if (!connection.connected) return yield gatewayUnavailable;
    const sessionKey = sessionKeyOf(request);
    const { model } = request;
    const spending = createGatewaySpending(options.spending, request);
    const refused = await spending.beforeStep();
    if (refused) return yield spentEvent(refused);
    const current = createGatewayRun({
      gatewayRunId: gatewayRunId(request.runId, request.stepsUsed),
      sessionKey,
      model,
      stepsLeft: Math.max(1, maxSteps - 1 - request.stepsUsed),
      mayBeEmpty: request.stepsUsed > 0,
      refuse: (call) => refuseCall(toolGate, request, { ...call, signal }),
      pause: () => abort(current),
    });
    const stop = () => {
      void abort(current);
      current.end();
    };
    active.set(current.gatewayRunId, current);
    signal.addEventListener('abort', stop, { once: true });
    try {
      await mirror.ensure(request.agentId, model);
      if (signal.aborted) return;
      await startInGateway(request, current, text);
      if (signal.aborted) return stop();
      for await (const event of current.events) {
        if (event.type === 'finish') sessions.remember(sessionKey, request);
        const over = await spending.hear(event);
        if (over) {
          stop();
          return yield spentEvent(over);
        }
        yield event;
      }
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ runId: request.runId, reason: reasonOf(error) }, 'the gateway refused a run');
      yield isRestarting(error) ? gatewayRestarting : gatewayUnavailable;
    } finally {
      signal.removeEventListener('abort', stop);
      active.delete(current.gatewayRunId);
    }
  }

  async function startInGateway(request: RunRequest, current: GatewayRun, text?: string): Promise<void> {
    const { sessionKey } = current;
    const message = text ?? turnText(request, await sessions.prepare(sessionKey, request));
    const { images, notes } = await loadQuestionImages(options.images, request);
    await connection.request('sessions.messages.subscribe', { key: sessionKey });
    const asked = agentRequest(request, current, { text: [message, ...notes].filter(Boolean).join('\n'), images });
    await whenReady(() => connection.request('agent', asked), { tries: startTries });
  }

  return {
    run,
    health: () => ({
      connected: connection.isHealthy,
      mode: 'openclaw',
      ...(connection.restartingSince && { restartingSince: connection.restartingSince }),
    }),
    async syncAgent() {
      changed();
    },
    async removeAgent(agentId) {
      await mirror.remove(agentId).catch(repairLater);
    },
    start() {
      connection.start();
      void orphanWatch.start();
    },
    async stop() {
      orphanWatch.stop();
      clearTimeout(repairing);
      await connection.stop();
    },
    changed: () => changed(),
    async forgetConversation(owner) {
      if (connection.connected) await sessions.remove(sessionKeyOf(owner)).catch(sayForgetFailed);
    },
    keepOutcome: (id, toolCallId, outcome) => active.get(id)?.keepOutcome(toolCallId, outcome),
  };
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function endsWithLimit(event: RuntimeEvent): event is Extract<RuntimeEvent, { type: 'step-end' | 'finish' }> {
  return event.type === 'step-end' || (event.type === 'finish' && event.reason === 'stop');
}

/** Through the gate, so that it is recorded: a tool that was not offered is denied there. */
function refuseCall(
  toolGate: Pick<ToolGate, 'call'>,
  { agentId, userId, conversationId, runId }: RunRequest,
  { name, ...call }: { toolCallId: string; name: string; input: unknown; signal: AbortSignal },
): Promise<ToolCallOutcome> {
  const asked = { agentId, userId, conversationId, runId, toolId: name, ...call, offered: false };
  return toolGate.call(asked) as Promise<ToolCallOutcome>;
}
