import { knowledgeEndpoints } from '../../../contract/knowledge.ts';
import { goneSignal } from '../../http/asker.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { KnowledgeService } from './knowledge.service.ts';

export function addKnowledgeRoutes(add: AddEndpoint, knowledge: KnowledgeService): void {
  add(knowledgeEndpoints.searchKnowledge, ({ actor, body, reply }) => knowledge.search(actor, body, goneSignal(reply)));
  add(knowledgeEndpoints.listKnowledge, () => knowledge.overview());
  add(knowledgeEndpoints.listUnreadable, ({ query }) => knowledge.unreadable(query));
  add(knowledgeEndpoints.reindexKnowledge, async ({ actor, body }) => {
    await knowledge.reindex(actor, body.path);
    return success;
  });
  add(knowledgeEndpoints.getKnowledgeSettings, () => knowledge.settings());
  add(knowledgeEndpoints.putKnowledgeSettings, ({ actor, body }) => knowledge.saveSettings(actor, body));
}
