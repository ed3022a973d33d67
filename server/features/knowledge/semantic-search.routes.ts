import { semanticSearchEndpoints } from '../../../contract/semantic-search.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import type { SemanticSearchService } from './semantic-search.service.ts';

export function addSemanticSearchRoutes(add: AddEndpoint, semantic: SemanticSearchService): void {
  add(semanticSearchEndpoints.getSemanticSearch, () => semantic.status());
  add(semanticSearchEndpoints.putSemanticSearch, ({ actor, body }) => semantic.choose(actor, body.model));
  add(semanticSearchEndpoints.listEmbeddingModels, async () => ({ models: await semantic.models() }));
}
