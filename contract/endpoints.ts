import { agentEndpoints } from './agents.ts';
import { approvalEndpoints } from './approvals.ts';
import { agentAboutEndpoints } from './agent-about.ts';
import { auditEndpoints } from './audit.ts';
import { budgetEndpoints } from './budgets.ts';
import { conversationEndpoints } from './conversations.ts';
import type { Endpoint } from './endpoint.ts';
import { doctorEndpoints } from './doctor.ts';
import { enterpriseEndpoints } from './enterprise.ts';
import { groupEndpoints } from './groups.ts';
import { healthEndpoints } from './health.ts';
import { integrationEndpoints } from './integrations.ts';
import { documentEndpoints } from './documents.ts';
import { knowledgeEndpoints } from './knowledge.ts';
import { sourceEndpoints } from './sources.ts';
import { ratingEndpoints } from './ratings.ts';
import type { RouteName } from './routes.ts';
import { overviewEndpoints } from './overview.ts';
import { promptEndpoints } from './prompts.ts';
import { priceEndpoints } from './prices.ts';
import { providerEndpoints } from './providers.ts';
import { savedFilterEndpoints } from './saved-filters.ts';
import { semanticSearchEndpoints } from './semantic-search.ts';
import { settingEndpoints } from './settings.ts';
import { setupEndpoints } from './setup.ts';
import { sharingEndpoints } from './sharing.ts';
import { telegramEndpoints } from './telegram.ts';
import { usageEndpoints } from './usage.ts';
import { userEndpoints } from './users.ts';

/** Every JSON endpoint by name. Routes, the web client, the OpenAPI document and the access matrix are made from it. */
export const endpoints = {
  ...healthEndpoints,
  ...setupEndpoints,
  ...agentEndpoints,
  ...agentAboutEndpoints,
  ...providerEndpoints,
  ...settingEndpoints,
  ...promptEndpoints,
  ...userEndpoints,
  ...usageEndpoints,
  ...budgetEndpoints,
  ...priceEndpoints,
  ...enterpriseEndpoints,
  ...groupEndpoints,
  ...auditEndpoints,
  ...savedFilterEndpoints,
  ...conversationEndpoints,
  ...sharingEndpoints,
  ...ratingEndpoints,
  ...telegramEndpoints,
  ...integrationEndpoints,
  ...documentEndpoints,
  ...knowledgeEndpoints,
  ...semanticSearchEndpoints,
  ...sourceEndpoints,
  ...overviewEndpoints,
  ...approvalEndpoints,
  ...doctorEndpoints,
} as const satisfies Record<RouteName, Endpoint>;

export type EndpointName = keyof typeof endpoints;
