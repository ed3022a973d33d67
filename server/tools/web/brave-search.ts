import { safeFetch, SafeFetchError } from '../../platform/safe-fetch.ts';

export interface SearchResult {
  title: string;
  url: string;
  description: string;
  age: string | undefined;
}

export interface SearchAnswer {
  results: SearchResult[];
  hasMore: boolean;
}

export interface BraveQuery {
  query: string;
  /** 1 to 20. */
  count: number;
  /** Pages to skip, 0 to 9. */
  page: number;
  freshness?: 'pd' | 'pw' | 'pm' | 'py' | undefined;
}

export class BraveError extends Error {
  override name = 'BraveError';
  readonly reason: 'credentials' | 'rate-limited' | 'quota' | 'invalid' | 'unreachable';

  constructor(reason: BraveError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * One page of web results. https://api-dashboard.search.brave.com/documentation/services/web-search
 *
 * @param options.baseUrl set by whoever runs the server, so private addresses are allowed
 * @throws BraveError
 */
export async function searchBrave(
  { query, count, page, freshness }: BraveQuery,
  { apiKey, baseUrl, signal }: { apiKey: string; baseUrl: string; signal?: AbortSignal },
): Promise<SearchAnswer> {
  const url = new URL(`${baseUrl}/res/v1/web/search`);
  url.search = new URLSearchParams({
    q: query,
    count: String(count),
    offset: String(page),
    result_filter: 'web',
    text_decorations: 'false',
    ...(freshness && { freshness }),
  }).toString();
  let answer;
  try {
    answer = await safeFetch(url, {
      allowPrivate: true,
      maxBytes: 4 * 1024 * 1024,
      timeoutMs: 20_000,
      followRedirects: 0,
      headers: { accept: 'application/json', 'x-subscription-token': apiKey },
      signal,
    });
  } catch (error) {
    if (!(error instanceof SafeFetchError)) throw error;
    throw new BraveError('unreachable', `Brave Search did not answer: ${error.message}`, { cause: error });
  }
  let body: BraveBody;
  try {
    body = JSON.parse(answer.body.toString('utf8')) as BraveBody;
  } catch {
    throw new BraveError('unreachable', `Brave Search answered with status ${answer.status} and no JSON.`);
  }
  if (answer.status !== 200) throw describeError(answer.status, body.error);
  const results = (body.web?.results ?? []).flatMap((result): SearchResult[] =>
    typeof result?.url === 'string' && /^https?:\/\//.test(result.url)
      ? [
          {
            title: plain(result.title),
            url: result.url,
            description: plain(result.description),
            age: textOf(result.age),
          },
        ]
      : [],
  );
  return { results, hasMore: body.query?.more_results_available === true };
}

interface BraveBody {
  error?: { code?: unknown; detail?: unknown };
  query?: { more_results_available?: unknown };
  web?: { results?: { title?: unknown; url?: unknown; description?: unknown; age?: unknown }[] };
}

function describeError(status: number, error: BraveBody['error']): BraveError {
  const code = String(error?.code ?? '');
  if (status === 401 || status === 403 || code === 'SUBSCRIPTION_TOKEN_INVALID') {
    return new BraveError('credentials', 'Brave Search refused the API key.');
  }
  if (code === 'QUOTA_LIMITED' || status === 402) {
    return new BraveError('quota', 'The Brave Search plan has no searches left in this period.');
  }
  if (status === 429)
    return new BraveError('rate-limited', 'Too many searches at once. Wait a few seconds, then try again.');
  if (status === 400 || status === 422) {
    return new BraveError(
      'invalid',
      `Brave Search did not accept the search: ${String(error?.detail ?? status).slice(0, 200)}`,
    );
  }
  return new BraveError('unreachable', `Brave Search failed with status ${status}. Try again later.`);
}

const textOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, 100) : undefined);

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: ' ' };

/** Titles and descriptions come with entities and marks of emphasis. */
function plain(value: unknown): string {
  return String(value ?? '')
    .replace(/<\/?[a-z]+>/gi, '')
    .replace(/&(\w+|#\w+);/g, (entity, name: string) => entities[name] ?? entity)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 1_000);
}
