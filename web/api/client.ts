import type * as z from 'zod';
import type { EndpointName, endpoints } from '../../contract/endpoints.ts';
import { routes } from '../../contract/routes.ts';
import { translate } from '../texts/language.ts';
import { ApiError, errorOf } from './api-error.ts';

type Endpoints = typeof endpoints;
type SchemaOf<Name extends EndpointName, Part extends 'params' | 'query' | 'body' | 'answer'> = NonNullable<
  Endpoints[Name][Part]
>;
type Input<Schema> = [Schema] extends [never] ? undefined : Schema extends z.ZodType ? z.input<Schema> : undefined;

export type AnswerOf<Name extends EndpointName> = [SchemaOf<Name, 'answer'>] extends [never]
  ? undefined
  : SchemaOf<Name, 'answer'> extends z.ZodType
    ? z.output<SchemaOf<Name, 'answer'>>
    : undefined;

export type BodyOf<Name extends EndpointName> = Input<SchemaOf<Name, 'body'>>;

type Field<Key extends string, Value> = [Value] extends [undefined]
  ? { [Each in Key]?: undefined }
  : object extends Value
    ? { [Each in Key]?: Value }
    : { [Each in Key]: Value };

export type RequestOf<Name extends EndpointName> = Field<'params', Input<SchemaOf<Name, 'params'>>> &
  Field<'query', Input<SchemaOf<Name, 'query'>>> &
  Field<'body', BodyOf<Name>> & {
    signal?: AbortSignal | undefined;
    /** A 401 is an answer here (is anybody signed in?), not a reason to go to the sign-in page. */
    expectSignedOut?: boolean;
  };

type Arguments<Name extends EndpointName> =
  object extends RequestOf<Name> ? [request?: RequestOf<Name>] : [request: RequestOf<Name>];

interface AnyRequest {
  params?: Record<string, string> | undefined;
  query?: Record<string, string | undefined> | undefined;
  body?: unknown;
  signal?: AbortSignal | undefined;
  expectSignedOut?: boolean;
}

let handleSignedOut: () => void = () => undefined;

/** Called whenever the server says that nobody is signed in (any more). */
export function onSignedOut(handler: () => void): void {
  handleSignedOut = handler;
}

/** For whoever finds it out in another way than by a refused request. */
export function reportSignedOut(): void {
  handleSignedOut();
}

let isLeaving = false;
const leavingListeners = new Set<(leaving: boolean) => void>();

/** The session ends, and with it the page: what it still asks for gets no answer, nor a refusal. */
export function setLeaving(leaving: boolean): void {
  isLeaving = leaving;
  for (const listener of leavingListeners) listener(leaving);
}

/** Called when the session is about to end, and when it goes on after all. Returns how to end that. */
export function onLeaving(listener: (leaving: boolean) => void): () => void {
  leavingListeners.add(listener);
  return () => leavingListeners.delete(listener);
}

/** The address of an endpoint, for links and downloads. */
export function urlOf<Name extends EndpointName>(name: Name, ...[input]: Arguments<Name>): string {
  const { params = {}, query = {} } = (input ?? {}) as AnyRequest;
  const path = routes[name].path.replace(/:(\w+)/g, (_match, key: string) => encodeURIComponent(params[key] ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(key, value);
  return search.size > 0 ? `${path}?${search}` : path;
}

/**
 * Calls an endpoint of the contract by its name and returns its answer.
 * Throws an `ApiError`; a 401 also leads to the sign-in page, unless it is about a password that was typed.
 */
export async function call<Name extends EndpointName>(
  name: Name,
  ...[input]: Arguments<Name>
): Promise<AnswerOf<Name>> {
  const { body, signal, expectSignedOut = false } = (input ?? {}) as AnyRequest;
  const url = urlOf(name, ...([input] as Arguments<Name>));
  return (await send(url, { method: routes[name].method, body, signal, expectSignedOut })) as AnswerOf<Name>;
}

interface SendOptions {
  method: string;
  body?: unknown;
  signal?: AbortSignal | undefined;
  expectSignedOut?: boolean;
}

/** The same for addresses outside the contract's table, such as sign-in. */
export async function send(url: string, options: SendOptions): Promise<unknown> {
  if (isLeaving && !options.expectSignedOut) return new Promise(() => {});
  let response = await request(url, options);
  if (await isRefusedByMistake(response, options)) response = await request(url, options);
  if (!response.ok) {
    const error = await errorOf(response);
    if (error.status === 401 && error.code !== 'wrong_password' && !options.expectSignedOut) handleSignedOut();
    throw error;
  }
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

/**
 * Whether somebody is signed in whose request was refused for want of a session: a neighbouring domain's cookie came along,
 * and the refusal has removed it. What is refused so has done nothing, and may be sent again.
 */
async function isRefusedByMistake(response: Response, { expectSignedOut, signal }: SendOptions): Promise<boolean> {
  if (response.status !== 401 || expectSignedOut) return false;
  if ((await errorOf(response.clone())).code !== 'unauthenticated') return false;
  const session = await request('/api/auth/get-session', { method: 'GET', signal });
  return session.ok && (await session.json()) !== null;
}

async function request(url: string, { method, body, signal }: SendOptions): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({
      status: 0,
      code: 'network',
      message: translate('errors.unreachable'),
    });
  }
}
