import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { goneSignal } from '../../http/asker.ts';
import { AppError } from '../../platform/errors.ts';
import type { PluginDoor } from './plugin-door.ts';

const askingRun = {
  agentId: z.string().min(1).max(200),
  sessionKey: z.string().min(1).max(512),
  runId: z.string().min(1).max(200),
};
const runBody = z.strictObject(askingRun);
const callBody = z.strictObject({
  ...askingRun,
  toolCallId: z.string().min(1).max(500),
  input: z.unknown().optional(),
});
const toolParams = z.object({ id: z.string().min(1).max(100) });

/** What the plugin of an OpenClaw Gateway calls. Not part of the API for people and scripts: the gateway's token opens it. */
export function addInternalRoutes(app: FastifyInstance, { door, token }: { door: PluginDoor; token: string }): void {
  const onRequest = async (request: FastifyRequest) => requireToken(request, token);

  app.post('/api/internal/turns', { onRequest, schema: { hide: true, body: runBody } }, (request) =>
    door.describeRun(runBody.parse(request.body)),
  );
  app.post(
    '/api/internal/tools/:id',
    { onRequest, schema: { hide: true, params: toolParams, body: callBody } },
    async (request, reply) => {
      const { id } = toolParams.parse(request.params);
      const { toolCallId, input, ...run } = callBody.parse(request.body);
      // A run that is stopped in the gateway stops waiting for its call, and so the call.
      return door.callTool(run, { toolId: id, toolCallId, input }, goneSignal(reply));
    },
  );
}

function requireToken(request: FastifyRequest, token: string): void {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  throw new AppError('unauthenticated', 'This needs the token of the OpenClaw Gateway.');
}
