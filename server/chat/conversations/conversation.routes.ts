import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { conversationEndpoints } from '../../../contract/conversations.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { goneSignal } from '../../http/asker.ts';
import { type Downloads, takeListTurn } from '../../http/downloads.ts';
import { success } from '../../http/success.ts';
import { inPieces } from '../../platform/pieces.ts';
import type { ConversationService } from './conversation.service.ts';
import type { ConversationExport } from './export-conversation.ts';

export function addConversationRoutes(
  add: AddEndpoint,
  { conversations, downloads }: { conversations: ConversationService; downloads: Downloads },
): void {
  add(conversationEndpoints.searchConversations, async ({ actor, query, reply }) => ({
    conversations: await conversations.search(actor, { words: query.q, signal: goneSignal(reply) }),
  }));
  add(conversationEndpoints.listConversations, async ({ actor, params, query, reply }) => {
    // Searches have turns of their own.
    if (query.q === undefined) await takeListTurn(reply, actor.userId);
    const archived = query.archived === 'true';
    return conversations.list(actor, params.agentId, { words: query.q, archived, signal: goneSignal(reply) });
  });
  add(conversationEndpoints.createConversation, ({ actor, params, body }) =>
    conversations.create(actor, params.agentId, body),
  );
  add(conversationEndpoints.updateConversation, ({ actor, params, body }) => conversations.update(actor, params, body));
  add(conversationEndpoints.updateConversations, async ({ actor, params, body }) => {
    const { chatIds, ...place } = body;
    return { conversations: await conversations.updateAll(actor, { ...params, chatIds }, place) };
  });
  add(conversationEndpoints.deleteConversations, async ({ actor, params, body }) => {
    await conversations.removeAll(actor, { ...params, ...body });
    return success;
  });
  add(conversationEndpoints.deleteConversation, async ({ actor, params }) => {
    await conversations.remove(actor, params);
    return success;
  });
  add(conversationEndpoints.getToolOutput, ({ actor, params }) => conversations.toolOutput(actor, params));
  add(conversationEndpoints.exportConversation, async ({ actor, params, query, reply }) => {
    const signal = downloads.begin(reply, actor.userId);
    const { format } = query;
    return sendExport(reply, await conversations.export(actor, params, { format, signal }));
  });
  add(conversationEndpoints.exportConversations, async ({ actor, params, query, reply }) => {
    const signal = downloads.begin(reply, actor.userId);
    const { format, chatIds } = query;
    return sendExport(reply, await conversations.exportAll(actor, { ...params, chatIds }, { format, signal }));
  });
}

function sendExport(reply: FastifyReply, { filename, mediaType, content }: ConversationExport) {
  return reply
    .type(mediaType)
    .header('content-disposition', `attachment; filename="${filename}"`)
    .header('x-content-type-options', 'nosniff')
    .send(Readable.from(inPieces(content), { objectMode: false }));
}
