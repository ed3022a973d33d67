import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BraveResult {
  title: string;
  url: string;
  description: string;
  age?: string;
}

export interface BraveDouble {
  /** What BRAVE_API_URL takes. */
  url: string;
  results: BraveResult[];
  requests: { url: URL; token: string | undefined }[];
  /** The next requests are answered with this error, as Brave words it. */
  failNext(kind: 'rate' | 'quota' | 'server'): void;
  /** The next request is never answered. */
  hangNext(): void;
  close(): Promise<void>;
}

export const braveKey = 'BSAtest0123456789abcdefghijkl';

/** Brave Search's web endpoint: https://api-dashboard.search.brave.com/documentation/services/web-search */
export async function startBraveDouble(results: BraveResult[] = sampleResults): Promise<BraveDouble> {
  const failures: ('rate' | 'quota' | 'server')[] = [];
  let hangs = false;
  const double: BraveDouble = {
    url: '',
    results,
    requests: [],
    failNext: (kind) => void failures.push(kind),
    hangNext: () => void (hangs = true),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((message, response) => {
    const url = new URL(message.url ?? '/', 'http://brave');
    const header = message.headers['x-subscription-token'];
    const token = Array.isArray(header) ? header[0] : header;
    double.requests.push({ url, token });
    if (hangs) {
      hangs = false;
      return;
    }
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    const fail = (status: number, code: string, detail: string, meta: object, headers?: Record<string, string>) =>
      send(
        status,
        { type: 'ErrorResponse', error: { id: randomUUID(), status, code, detail, meta }, time: 1_770_000_000 },
        headers,
      );

    if (url.pathname !== '/res/v1/web/search')
      return fail(404, 'RESOURCE_NOT_FOUND', 'The requested resource was not found.', {});
    if (token === undefined) {
      return fail(422, 'VALIDATION', 'Unable to validate request parameter(s)', {
        errors: [{ type: 'missing', loc: ['header', 'x-subscription-token'], msg: 'Field required' }],
      });
    }
    if (token !== braveKey) {
      return fail(422, 'SUBSCRIPTION_TOKEN_INVALID', 'The provided subscription token is invalid.', {
        component: 'authentication',
      });
    }
    const failure = failures.shift();
    if (failure === 'rate') {
      return fail(
        429,
        'RATE_LIMITED',
        'Request rate limit exceeded for plan',
        {
          plan: 'Free',
          rate_limit: 1,
          rate_current: 1,
          quota_limit: 2000,
          quota_current: 15,
          component: 'rate_limiter',
        },
        { 'x-ratelimit-reset': '1, 1419704' },
      );
    }
    if (failure === 'quota') {
      return fail(429, 'QUOTA_LIMITED', 'Quota limit exceeded for plan', {
        plan: 'Free',
        quota_limit: 2000,
        quota_current: 2000,
        component: 'rate_limiter',
      });
    }
    if (failure === 'server') return fail(500, 'INTERNAL', 'Internal server error.', {});
    const query = url.searchParams.get('q') ?? '';
    const count = Number(url.searchParams.get('count') ?? 20);
    const offset = Number(url.searchParams.get('offset') ?? 0);
    if (query === '' || query.length > 400 || !(count >= 1 && count <= 20) || !(offset >= 0 && offset <= 9)) {
      return fail(422, 'VALIDATION', 'Unable to validate request parameter(s)', {
        errors: [{ type: 'string_too_short', loc: ['query', 'q'] }],
      });
    }
    const page = double.results.slice(offset * count, (offset + 1) * count);
    return send(200, {
      type: 'search',
      query: { original: query, more_results_available: double.results.length > (offset + 1) * count },
      ...(page.length > 0 && {
        web: {
          type: 'search',
          results: page.map((result) => ({
            ...result,
            type: 'search_result',
            meta_url: { hostname: new URL(result.url).hostname },
          })),
        },
      }),
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return double;
}

const sampleResults: BraveResult[] = Array.from({ length: 12 }, (_, index) => ({
  title: `Result ${index + 1} &amp; more`,
  url: `https://site-${index + 1}.example/page`,
  description: `About <strong>lobsters</strong>, part ${index + 1}.`,
  ...(index === 0 && { age: 'January 5, 2026' }),
}));
