import type { WritableDatabase } from '../../db/client.ts';
import { AppError } from '../../platform/errors.ts';
import {
  gatewayAgentId,
  mayCallTools,
  runIdOf,
  sessionKeyOf,
  stepsUsedOf,
} from '../../runtime/openclaw/gateway-names.ts';
import { loadNewestImages } from '../../runtime/newest-images.ts';
import type { ImageSource } from '../../tools/files/image-source.ts';
import type { ToolCallOutcome, ToolCallWaiting, ToolGate } from '../../tools/tool-gate.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import { isAskedFor } from './gateway-run.policy.ts';
import { findRunningRun } from './gateway-run.queries.ts';
import { createCallOnce } from './call-once.ts';

/** Which run of the gateway asks. All three must fit one run that Pinchy started and that still runs. */
export interface AskingRun {
  agentId: string;
  sessionKey: string;
  runId: string;
}

/** What the plugin in a gateway may ask of Pinchy. */
export interface PluginDoor {
  /** The prompt and the tools of a turn, as they are now. @throws AppError not_found */
  describeRun(run: AskingRun): Promise<{ system: string; toolIds: string[] }>;
  /** Passes a call through the tool gate; the same call asked again, anywhere, gets the first one's outcome. @throws AppError not_found */
  callTool(
    run: AskingRun,
    call: { toolId: string; toolCallId: string; input: unknown },
    signal: AbortSignal,
  ): Promise<PluginOutcome | ToolCallWaiting>;
}

/** An outcome with the pictures themselves, for the one model request that it is part of. */
type PluginOutcome = Omit<ToolCallOutcome, 'images'> & { images?: { mediaType: string; data: string }[] };

export function createPluginDoor(options: {
  db: WritableDatabase;
  agents: Pick<AgentDirectory, 'describeForRun'>;
  toolGate: Pick<ToolGate, 'call'>;
  images: ImageSource;
  keepOutcome: (gatewayRunId: string, toolCallId: string, outcome: ToolCallOutcome) => void;
  replicaId: string;
}): PluginDoor {
  const { db, agents, toolGate, images: source, keepOutcome, replicaId } = options;
  const callOnce = createCallOnce({ db, replicaId });

  async function requireRun({ agentId, sessionKey, runId }: AskingRun) {
    const id = runIdOf(runId);
    const run = isUuid(id) ? await findRunningRun(db, id) : undefined;
    const stepsUsed = stepsUsedOf(runId);
    const known = run && {
      gatewayAgentId: gatewayAgentId(run.agentId),
      sessionKey: sessionKeyOf(run),
      steps: run.steps,
    };
    if (!known || stepsUsed === undefined || !isAskedFor(known, { agentId, sessionKey, stepsUsed })) {
      throw new AppError('not_found', 'There is no such run.');
    }
    return { ...run, mayCallTools: mayCallTools(stepsUsed) };
  }

  return {
    async describeRun(asking) {
      const run = await requireRun(asking);
      const description = await agents.describeForRun(run);
      if (!description || description.stopped) throw new AppError('not_found', 'There is no such run.');
      return { system: description.system, toolIds: run.mayCallTools ? description.toolIds : [] };
    },
    async callTool(asking, { toolId, toolCallId, input }, signal) {
      const run = await requireRun(asking);
      const { runId, agentId, userId, conversationId } = run;
      const outcome = await callOnce({ runId, gatewayRunId: asking.runId, toolCallId }, signal, () =>
        toolGate.call({
          ...{ agentId, userId, conversationId, runId, toolCallId, toolId, input, signal },
          offered: run.mayCallTools,
        }),
      );
      if (!outcome) throw new AppError('not_found', 'There is no such run.');
      if (outcome.state === 'approval') return outcome;
      keepOutcome(asking.runId, toolCallId, outcome);
      const { images: references, ...told } = outcome;
      if (!references?.length) return told;
      const loaded = [...(await loadNewestImages(source, run, [{ images: references }]))];
      const notes = loaded.flatMap(([, found]) => ('missing' in found ? [found.missing] : []));
      return {
        ...told,
        output: [told.output, ...notes].join('\n'),
        images: loaded.flatMap(([{ mediaType }, found]) => ('data' in found ? [{ mediaType, data: found.data }] : [])),
      };
    },
  };
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
