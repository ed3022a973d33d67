import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from '../platform/errors.ts';
import type { FairQueue } from '../platform/fair-queue.ts';
import type { PeerMetrics, ProcessMetrics } from '../platform/process-metrics.ts';
import { watchEventLoop } from './event-loop.ts';

export interface MetricSources {
  /** Without one, only requests from this machine are answered. */
  token: string | undefined;
  openSockets(): number;
  activeRuns(): number;
  queues: readonly Pick<FairQueue, 'name' | 'running' | 'waiting'>[];
  database: { totalCount: number; idleCount: number; waitingCount: number };
  /** Bytes that the index of documents takes in the database. */
  measureIndex(): Promise<number>;
  /** The other processes on the same port, whose metrics are added. */
  peers: PeerMetrics | undefined;
}

let ofProcess: Registry | undefined;

/** Made once: the library goes on measuring the event loop and the collector for as long as the process lives. */
function processMetrics(): Registry {
  if (ofProcess) return ofProcess;
  ofProcess = new Registry();
  // Its every 10 ms would keep a server at rest busy.
  collectDefaultMetrics({ register: ofProcess, prefix: 'pinchy_', eventLoopMonitoringPrecision: 100 });
  return ofProcess;
}

/** `GET /metrics` for Prometheus. Labels are routes and statuses only: no ids, names or addresses. */
export function installMetrics(app: FastifyInstance, sources: MetricSources): void {
  const registry = new Registry();
  const process = processMetrics();
  const requests = new Histogram({
    name: 'pinchy_http_request_duration_seconds',
    help: 'Time to answer a request, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const errors = new Counter({
    name: 'pinchy_http_errors_total',
    help: 'Requests that ended with a 5xx',
    registers: [registry],
  });
  const forwarded = new Counter({
    name: 'pinchy_forwarded_requests_total',
    help: 'Requests with X-Forwarded-For, by whether TRUSTED_PROXIES names their sender, and the protocol that counts',
    labelNames: ['peer', 'protocol'],
    registers: [registry],
  });
  const blocked = watchEventLoop();
  app.addHook('onClose', async () => blocked.stop());
  gauge(
    'pinchy_event_loop_blocked_seconds',
    'The longest time since the last look that the main thread was busy at a stretch, and answered nobody',
    blocked.takeLongest,
    'max',
  );
  gauge('pinchy_processes', 'Server processes that answer on this port', () => 1);
  queueGauge('pinchy_queue_waiting', 'Work that waits for its turn', (queue) => queue.waiting);
  queueGauge('pinchy_queue_running', 'Work in progress', (queue) => queue.running);
  gauge('pinchy_chat_sockets', 'Open chat sockets', sources.openSockets);
  gauge('pinchy_runs_active', 'Answers being written', sources.activeRuns);
  gauge('pinchy_database_connections', 'Connections in the pool', () => sources.database.totalCount);
  gauge('pinchy_database_waiting', 'Requests that wait for a connection', () => sources.database.waitingCount);

  registry.registerMetric(
    new Gauge({
      name: 'pinchy_knowledge_index_bytes',
      help: 'What the index of documents takes in the database',
      aggregator: 'max',
      registers: [],
      async collect() {
        // Without the database the other metrics are what is wanted.
        const bytes = await sources.measureIndex().catch(() => undefined);
        if (bytes === undefined) this.remove();
        else this.set(bytes);
      },
    }),
  );

  function gauge(name: string, help: string, read: () => number, aggregator: 'sum' | 'max' = 'sum'): void {
    const metric = new Gauge({
      ...{ name, help, aggregator },
      // Never the library's own registry: two servers in one process would meet there.
      registers: [],
      collect() {
        this.set(read());
      },
    });
    registry.registerMetric(metric);
  }

  app.addHook('onRequest', (request, _reply, done) => {
    if (request.headers['x-forwarded-for'] !== undefined) {
      // Only of a trusted proxy's list Fastify takes more than the sender itself.
      const peer = (request.ips?.length ?? 0) > 1 ? 'trusted' : 'untrusted';
      forwarded.inc({ peer, protocol: request.protocol });
    }
    done();
  });
  function queueGauge(name: string, help: string, read: (queue: MetricSources['queues'][number]) => number): void {
    const metric = new Gauge({
      name,
      help,
      labelNames: ['queue'],
      registers: [],
      collect() {
        for (const queue of sources.queues) this.set({ queue: queue.name }, read(queue));
      },
    });
    registry.registerMetric(metric);
  }

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1_000);
    if (reply.statusCode >= 500) errors.inc();
  });
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayRead(request, sources.token))
      throw new AppError('forbidden', 'Metrics need the METRICS_TOKEN as a bearer token.');
    const [own, peers] = await Promise.all([readMetrics(), sources.peers?.ofPeers() ?? []]);
    return reply.type(registry.contentType).send(await AggregatorRegistry.aggregate([own, ...peers]).metrics());
  });
  sources.peers?.answerWith(readMetrics);

  async function readMetrics(): Promise<ProcessMetrics> {
    return [...(await process.getMetricsAsJSON()), ...(await registry.getMetricsAsJSON())];
  }
}

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) {
    // The socket's own address: headers of a proxy on this machine must not open the metrics to the world.
    const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
    // A page in this machine's browser whose own name was made to point here asks under that name.
    const host = request.hostname.replaceAll(/^\[|\]$/g, '');
    const isThisMachine = host === 'localhost' || isIP(host) !== 0;
    const isLocal = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
    return !isForwarded && isThisMachine && isLocal;
  }
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
