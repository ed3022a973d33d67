import { maxUploadBytes } from '../contract/limits.ts';
import compress from '@fastify/compress';
import multipart from '@fastify/multipart';
import websocket from '@fastify/websocket';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Agent } from '../contract/agents.ts';
import type { Diagnosis } from '../contract/doctor.ts';
import type { PageState } from '../contract/page-state.ts';
import { addAgentAboutRoutes } from './features/agents/agent-about.routes.ts';
import { addBudgetRoutes } from './features/budgets/budgets.routes.ts';
import { addDoctorRoutes } from './features/doctor/doctor.routes.ts';
import { addAgentRoutes } from './features/agents/agents.routes.ts';
import { addApprovalRoutes } from './features/approvals/approvals.routes.ts';
import { addAuthRoutes } from './features/auth/auth.routes.ts';
import type { SessionService } from './features/auth/session.service.ts';
import { hashingQueue } from './features/auth/password.ts';
import { addGroupRoutes } from './features/groups/groups.routes.ts';
import { addHealthRoutes } from './features/health/health.routes.ts';
import { addIntegrationRoutes } from './features/integrations/integrations.routes.ts';
import { measureIndex } from './features/knowledge/knowledge.queries.ts';
import { addKnowledgeRoutes } from './features/knowledge/knowledge.routes.ts';
import { addSemanticSearchRoutes } from './features/knowledge/semantic-search.routes.ts';
import { searchQueue } from './knowledge/search/knowledge-search.ts';
import { addOverviewRoutes } from './features/overview/overview.routes.ts';
import { createOverviewService } from './features/overview/overview.service.ts';
import { createUpdateCheck } from './features/overview/update-check.ts';
import { addLicenceRoutes } from './features/licence/licence.routes.ts';
import { createPriceService } from './features/prices/price.service.ts';
import { addPriceRoutes } from './features/prices/prices.routes.ts';
import { addPromptRoutes } from './features/prompts/prompts.routes.ts';
import { addProviderRoutes } from './features/providers/providers.routes.ts';
import { addRatingRoutes } from './features/ratings/ratings.routes.ts';
import { addSettingRoutes } from './features/settings/settings.routes.ts';
import { addSharingRoutes } from './features/sharing/sharing.routes.ts';
import { addSetupRoutes } from './features/setup/setup.routes.ts';
import { createSetupService, type SetupService } from './features/setup/setup.service.ts';
import { addTelegramRoutes } from './features/telegram/telegram.routes.ts';
import { addConversationRoutes } from './chat/conversations/conversation.routes.ts';
import { addInternalRoutes } from './features/openclaw/internal.routes.ts';
import { addSocketRoute } from './chat/sockets/socket.route.ts';
import { installMetrics } from './http/metrics.ts';
import { addAuditRoutes } from './features/audit/audit.routes.ts';
import { createAuditService, verificationQueue } from './features/audit/audit.service.ts';
import { addDocumentRoutes } from './features/documents/documents.routes.ts';
import { addSourceRoutes } from './features/sources/sources.routes.ts';
import { addUploadRoutes } from './features/uploads/uploads.routes.ts';
import { addUsageRoutes } from './features/usage/usage.routes.ts';
import { createUsageService } from './features/usage/usage.service.ts';
import { addUserRoutes } from './features/users/users.routes.ts';
import { createDownloads, endWhenUnread, exportQueue, listQueue } from './http/downloads.ts';
import { installBodyLimits } from './http/body-limits.ts';
import { boundIdleConnections } from './http/idle-connections.ts';
import { createEndpointRegistrar } from './http/endpoint-registrar.ts';
import { installErrorHandler } from './http/error-handler.ts';
import { installOpenApi } from './http/openapi.ts';
import { addressGroup } from './http/address-group.ts';
import { acceptUpgrade, endRefusedUpgrades } from './http/upgrades.ts';
import { referenceQueue } from './http/reference.ts';
import { installSecurityHeaders, isApiRequest, requireOwnOrigin } from './http/security.ts';
import { installWebApp } from './http/web-app.ts';
import { bindToHost, cookieValues, expirePlanted, readSessionCookie } from './http/session-cookie.ts';
import { AppError } from './platform/errors.ts';
import { holdOwnPort } from './platform/own-addresses.ts';
import { formattingQueue } from './channels/telegram/format-answer.ts';
import type { PeerMetrics } from './platform/process-metrics.ts';
import { textQueue } from './tools/files/document-text.ts';
import { documentQueue, heavyQueue } from './tools/files/extract-document.ts';
import { pageQueue } from './tools/web/web-tools.ts';
import type { Services } from './services.ts';

const jsonBodyLimit = 1024 * 1024;
/** For the head of a request, the first of a connection also from its opening. */
const headersTimeoutMs = 20_000;

export interface ServerOptions {
  peers?: PeerMetrics | undefined;
  /** What `pinchy doctor` says of this server, which listens at `port`. */
  examine(port: number): Promise<Diagnosis>;
}

/** Plugins, routes and the error handler; listening is the caller's, so that tests can inject. */
export async function buildServer(services: Services, { peers, examine }: ServerOptions): Promise<FastifyInstance> {
  const { config, log, domain, sessions, licence } = services;
  const app: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: jsonBodyLimit,
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: true,
    // The last resort: bodies have limits of their own. This is time for 25 MiB over a slow line.
    requestTimeout: 5 * 60_000,
    http: {
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: 5_000,
      shouldUpgradeCallback: acceptUpgrade,
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('actor', null);
  app.decorateRequest('isDomainLocked', false);
  // Fastify takes plain text by default; here it is a wrong content type.
  app.removeContentTypeParser('text/plain');
  installErrorHandler(app, log);
  const listening: (() => void)[] = [];
  app.addHook('onListen', async () => {
    for (const address of app.addresses()) if (typeof address === 'object') listening.push(holdOwnPort(address.port));
  });
  app.addHook('onClose', async () => listening.forEach((release) => release()));

  endRefusedUpgrades(app);
  installSecurityHeaders(app);
  app.addHook('onRequest', async (request, reply) => {
    endWhenUnread(reply);
    reply.header('x-request-id', request.id);
    const lockedDomain = await domain.requireAllowedHost(request);
    request.isDomainLocked = lockedDomain !== undefined;
    if (request.isDomainLocked) reply.header('strict-transport-security', 'max-age=31536000');
    requireOwnOrigin(request);
    expirePlanted(request, reply);
    await requireApiRate(request, services);
    if (request.isDomainLocked) await bindSessionToHost(request, reply, sessions);
  });
  installBodyLimits(app, { bodyLimit: jsonBodyLimit });
  boundIdleConnections(app.server);
  // Files have their compressed forms beside them, for whoever takes one of these.
  app.addHook('onRoute', (route) => {
    if (route.config && 'rootPath' in route.config) route.compress = false;
  });
  await app.register(compress, {
    global: true,
    threshold: 1024,
    encodings: ['br', 'gzip'],
    globalDecompression: false,
  });
  await app.register(multipart, { limits: { files: 1, fileSize: maxUploadBytes + 1, fields: 5 } });
  await app.register(websocket, { options: { maxPayload: 1024 * 1024 } });
  await installOpenApi(app);

  const add = createEndpointRegistrar(app, {
    findActor: (request) => sessions.findActor(request.headers.cookie),
    isLicensed: () => licence.isActive(),
  });
  const downloads = createDownloads();
  addHealthRoutes(add, services);
  const setup = createSetupService(services);
  addSetupRoutes(add, setup);
  addAuthRoutes(app, services.auth);
  addAgentRoutes(add, {
    agents: services.agents,
    grantableTools: services.tools.grantable,
    listDataDirectories: services.listDataDirectories,
  });
  addAgentAboutRoutes(add, services);
  addProviderRoutes(add, services.providers);
  addSettingRoutes(add, services);
  addUserRoutes(add, services);
  addGroupRoutes(add, services.groups);
  addPromptRoutes(add, services.prompts);
  addLicenceRoutes(add, licence);
  addAuditRoutes(add, {
    audit: createAuditService(services),
    filters: services.savedFilters,
    downloads,
  });
  const updates = createUpdateCheck({
    feedUrl: services.config.updateFeedUrl,
    version: services.version,
    log: services.log,
  });
  addOverviewRoutes(add, createOverviewService({ ...services, db: services.database.db, updates }));
  addDoctorRoutes(add, { ...services, examine: () => examine(portOf(app) ?? config.port) });
  const usage = createUsageService({ ...services, db: services.database.db });
  addUsageRoutes(add, { usage, downloads });
  addBudgetRoutes(add, services);
  addPriceRoutes(add, createPriceService({ ...services, db: services.database.db, usage }));
  addUploadRoutes(add, services.uploads);
  addDocumentRoutes(add, services.documents);
  addSourceRoutes(add, services.sources);
  addApprovalRoutes(add, services.chat);
  addKnowledgeRoutes(add, services.knowledge.service);
  addSemanticSearchRoutes(add, services.knowledge.semantic);
  addIntegrationRoutes(add, services);
  addConversationRoutes(add, { conversations: services.conversations, downloads });
  addSharingRoutes(add, services.sharing);
  addRatingRoutes(add, services.ratings);
  addTelegramRoutes(add, services);
  addSocketRoute(app, services);
  if (services.openclaw) addInternalRoutes(app, services.openclaw);
  installMetrics(app, {
    token: config.metricsToken,
    openSockets: () => services.chat.countSockets(),
    activeRuns: () => services.chat.countRuns(),
    queues: [
      hashingQueue,
      documentQueue,
      heavyQueue,
      textQueue,
      searchQueue,
      pageQueue,
      verificationQueue,
      exportQueue,
      listQueue,
      referenceQueue,
      formattingQueue,
      ...services.conversationQueues,
    ],
    database: services.database.pool,
    measureIndex: () => measureIndex(services.database.db),
    peers,
  });

  await installWebApp(app, { readState: (request) => readPageState(request, { ...services, setup }) });
  return app;
}

function portOf(app: FastifyInstance): number | undefined {
  const address = app.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

/** A session from before the lock moves to the cookie that nobody can plant, at its first call over the locked domain. */
async function bindSessionToHost(request: FastifyRequest, reply: FastifyReply, sessions: SessionService) {
  const { cookie: header } = request.headers;
  const unbound = await sessions.findUnboundCookie(header);
  if (!unbound) return;
  const isRemembered = cookieValues(header, 'pinchy.dont_remember').length === 0;
  const secondsLeft = Math.floor((unbound.expiresAt.getTime() - Date.now()) / 1_000);
  bindToHost(reply, unbound.value, isRemembered ? secondsLeft : undefined);
}

/** What a page brings along costs a call of the API; whoever has none left gets the page without. */
async function readPageState(
  request: FastifyRequest,
  services: Services & { setup: SetupService },
): Promise<PageState | undefined> {
  const cookie = readSessionCookie(request.headers.cookie);
  // This answer expires what was planted; the app's own question then finds the session.
  if (cookie === 'several') return undefined;
  try {
    await takeApiCall(request, services);
    const [setupStatus, me, agent] = await Promise.all([
      services.setup.status(),
      request.actor ? services.accounts.own(request.actor) : null,
      findChatAgent(request, services),
    ]);
    const sessionEnded = me === null && cookie !== undefined;
    return { setupStatus, me, ...(sessionEnded && { sessionEnded }), ...(agent && { agent }) };
  } catch {
    // The app asks for itself, and shows what is wrong.
    return undefined;
  }
}

async function findChatAgent({ url, actor }: FastifyRequest, { agents }: Services): Promise<Agent | undefined> {
  const agentId = /^\/chat\/([0-9a-f-]{36})(?=[/?]|$)/.exec(url)?.[1];
  if (!agentId || !actor) return undefined;
  // Of one that is not theirs the app finds out by itself, and says so.
  return agents.get(actor, agentId).catch(() => undefined);
}

/** API calls are counted per session, or per address without a valid one: made-up cookies buy no more calls. */
async function requireApiRate(request: FastifyRequest, services: Services): Promise<void> {
  if (!isApiRequest(request) || /^\/api\/(health|internal\/)/.test(request.routeOptions.url ?? '')) return;
  await takeApiCall(request, services);
}

async function takeApiCall(request: FastifyRequest, { apiLimiter, sessions }: Services): Promise<void> {
  // Looked up once: the access checks that follow take it from here.
  const actor = await sessions.findActor(request.headers.cookie);
  request.actor = actor ?? null;
  const retryAfter = await apiLimiter.consume(actor?.sessionToken ?? addressGroup(request.ip));
  if (retryAfter === undefined) return;
  throw new AppError('rate_limited', 'Too many requests. Wait a moment, then try again.', { retryAfter });
}
