import { conversationEndpoints } from '../../contract/conversations.ts';
import type { AddEndpoint } from '../http/endpoint-registrar.ts';
import { success } from '../http/success.ts';
import type { ConversationService } from './conversation.service.ts';

export function addConversationRoutes(add: AddEndpoint, conversations: ConversationService): void {
  add(conversationEndpoints.listConversations, ({ actor, params, query }) =>
    conversations.list(actor, params.agentId, query.q),
  );
  add(conversationEndpoints.createConversation, ({ actor, params, body }) =>
    conversations.create(actor, params.agentId, body.title),
  );
  add(conversationEndpoints.renameConversation, ({ actor, params, body }) =>
    conversations.rename(actor, params, body.title),
  );
  add(conversationEndpoints.deleteConversation, async ({ actor, params }) => {
    await conversations.remove(actor, params);
    return success;
  });
  add(conversationEndpoints.getToolOutput, ({ actor, params }) => conversations.toolOutput(actor, params));
  add(conversationEndpoints.exportConversation, async ({ actor, params, query, reply }) => {
    const { filename, mediaType, content } = await conversations.export(actor, params, query.format);
    return reply
      .type(mediaType)
      .header('content-disposition', `attachment; filename="${filename}"`)
      .header('x-content-type-options', 'nosniff')
      .send(content);
  });
}
