import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../platform/logger.ts';
import type { ProviderId } from '../../providers/provider.ts';
import type { GatewayConnection } from './gateway-connection.ts';
import { agentIdOf, gatewayAgentId, gatewayProvider, hasOurPrefix, secretName } from './gateway-names.ts';

/** An agent as the gateway shall have it. */
export interface MirroredAgent {
  id: string;
  name: string;
  /** `<provider>/<model id>`; null until there is a provider. */
  model: string | null;
  /** SOUL.md, AGENTS.md, USER.md. */
  files: Record<string, string>;
}

export interface MirroredProvider {
  provider: ProviderId;
  baseUrl: string;
  apiKey: string | undefined;
  /** Empty while the provider does not say: then the gateway keeps what it has. */
  models: {
    id: string;
    displayName: string;
    vision: boolean;
    contextWindow: number | null;
    maxOutput?: number | null | undefined;
  }[];
}

export interface MirrorSources {
  listAgents(): Promise<MirroredAgent[]>;
  listProviders(): Promise<MirroredProvider[]>;
  /** Every tool of our plugin: the agents' absolute allow-list. */
  toolIds: readonly string[];
}

/** Keeps what Pinchy owns in a gateway as Pinchy has it. Whatever does not bear our prefix is left alone. */
export interface GatewayMirror {
  /** Compares everything and writes what differs; one at a time, and again when something changed meanwhile. */
  repair(): Promise<void>;
  /** Returns once the gateway can run this agent with this model. */
  ensure(agentId: string, model: string): Promise<void>;
  remove(agentId: string): Promise<void>;
  /** What the gateway has is not known any more. */
  forget(): void;
}

const apis: Record<ProviderId, string> = {
  anthropic: 'anthropic-messages',
  openai: 'openai-responses',
  google: 'google-generative-ai',
  'ollama-cloud': 'ollama',
  'ollama-local': 'ollama',
};

const providerIds = Object.keys(apis) as ProviderId[];

/** A new agent answers once the gateway has taken up its configuration. */
const readyTries = 100;
const readyPauseMs = 100;
const writeTries = 4;

export function createGatewayMirror(options: {
  connection: Pick<GatewayConnection, 'request' | 'connected'>;
  sources: MirrorSources;
  log: Logger;
}): GatewayMirror {
  const { connection, sources, log } = options;
  /** What the gateway was given: fingerprints by name. */
  const given = new Map<string, string>();
  let known: Set<string> | undefined;
  let models = new Set<string>();
  let running: Promise<void> | undefined;
  let again = false;

  async function repairOnce(): Promise<void> {
    const [agents, providers] = await Promise.all([sources.listAgents(), sources.listProviders()]);
    const there = (known ??= await listGatewayAgents());
    await storeSecrets(providers);
    await writeConfig(agents, providers);
    await removeSecrets(providers);
    models = new Set(providers.flatMap(({ provider, models: list }) => list.map((model) => `${provider}/${model.id}`)));
    const wanted = new Set(agents.map(({ id }) => id));
    for (const agent of agents) await writeFiles(agent);
    for (const id of there) if (!wanted.has(id)) await remove(id);
  }

  async function listGatewayAgents(): Promise<Set<string>> {
    const { agents } = await connection.request<{ agents: { id: string }[] }>('agents.list', {});
    return new Set(agents.flatMap(({ id }) => agentIdOf(id) ?? []));
  }

  /** Keys go into the gateway's store of secrets; its configuration only names them. */
  async function storeSecrets(providers: MirroredProvider[]): Promise<void> {
    for (const { provider, apiKey } of providers) {
      if (!apiKey) continue;
      await whenChanged(`secret ${secretName(provider)}`, apiKey, () =>
        connection.request('secrets.store.set', { name: secretName(provider), value: apiKey, kind: 'secret' }),
      );
    }
  }

  /** Called once the configuration does not name them any more. */
  async function removeSecrets(providers: MirroredProvider[]): Promise<void> {
    const kept = new Set(providers.flatMap(({ provider, apiKey }) => (apiKey ? [secretName(provider)] : [])));
    const gone = providerIds.map(secretName).filter((name) => !kept.has(name));
    await whenChanged('removed secrets', gone, async () => {
      const { entries } = await connection.request<{ entries: { name: string }[] }>('secrets.store.list', {});
      for (const { name } of entries) {
        if (!gone.includes(name)) continue;
        await connection.request('secrets.store.delete', { name });
        given.delete(`secret ${name}`);
      }
    });
  }

  async function writeConfig(agents: MirroredAgent[], providers: MirroredProvider[]): Promise<void> {
    const entries = Object.fromEntries(agents.map((agent) => [gatewayAgentId(agent.id), entryOf(agent)]));
    const listed = providers.filter((one) => one.models.length > 0);
    const configured = Object.fromEntries(listed.map((one) => [gatewayProvider(one.provider), configOf(one)]));
    const wanted = { agents: { entries }, models: { providers: configured } };
    await whenChanged('config', wanted, async () => {
      await patchConfig({
        // Without it a gateway takes one agent only.
        agents: { ownership: 'explicit', entries },
        models: { providers: { ...removedProviders(providers), ...configured } },
      });
      known = new Set([...(known ?? []), ...agents.map(({ id }) => id)]);
    });
  }

  function entryOf({ name, model }: MirroredAgent) {
    const [provider, ...id] = (model ?? '').split('/');
    return {
      name,
      skills: [],
      tools: { allow: sources.toolIds },
      ...(model !== null && { model: `${gatewayProvider(provider as ProviderId)}/${id.join('/')}` }),
    };
  }

  async function patchConfig(wanted: object): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const current = await connection.request<{ hash?: string; parsed?: unknown }>('config.get', {});
      const patch = exactPatch(current.parsed, wanted);
      if (covers(current.parsed, patch)) return;
      try {
        const replacePaths = replacedArrays(current.parsed, patch);
        await connection.request('config.patch', {
          raw: JSON.stringify(patch),
          replacePaths,
          ...(current.hash !== undefined && { baseHash: current.hash }),
        });
        return;
      } catch (error) {
        // Somebody else wrote in between, or too many wrote at once.
        if (attempt >= writeTries || isRefused(error)) throw error;
        await sleep(500 * attempt ** 2, undefined, { ref: false });
      }
    }
  }

  async function writeFiles({ id, files }: MirroredAgent): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      await whenChanged(`file ${id} ${name}`, content, () =>
        whenReady(() => connection.request('agents.files.set', { agentId: gatewayAgentId(id), name, content }), {
          tries: readyTries,
          isWanted: () => known?.has(id) ?? true,
        }),
      );
    }
  }

  async function remove(agentId: string): Promise<void> {
    for (const key of given.keys()) if (key === 'config' || key.startsWith(`file ${agentId} `)) given.delete(key);
    known?.delete(agentId);
    try {
      await connection.request('agents.delete', { agentId: gatewayAgentId(agentId), deleteFiles: true });
    } catch (error) {
      // Removing it and a repair may come together: then one of them finds it gone.
      if (isUnknownAgent(error)) return;
      known?.add(agentId);
      throw error;
    }
  }

  async function whenChanged(key: string, value: unknown, write: () => Promise<unknown>): Promise<void> {
    const fingerprint = createHash('sha256').update(JSON.stringify(value)).digest('hex');
    if (given.get(key) === fingerprint) return;
    await write();
    given.set(key, fingerprint);
  }

  async function repair(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await repairOnce();
      } while (again);
    })().finally(() => (running = undefined));
    return running;
  }

  return {
    repair,
    async ensure(agentId, model) {
      const isThere = () => known?.has(agentId) && models.has(model);
      // What else could not be brought up to date keeps nobody from this agent.
      if (!isThere()) await repair().catch((error: unknown) => isThere() || Promise.reject(error));
      if (!models.has(model)) log.warn({ model }, 'the gateway was not given this model');
    },
    async remove(agentId) {
      if (connection.connected && known?.has(agentId)) await remove(agentId);
    },
    forget() {
      given.clear();
      known = undefined;
      models = new Set();
    },
  };
}

/** The gateway takes up a new configuration a moment after it was written. */
export async function whenReady(
  work: () => Promise<unknown>,
  { tries, isWanted = () => true }: { tries: number; isWanted?: () => boolean },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt >= tries || !isUnknownAgent(error)) throw error;
      if (!isWanted()) return;
      await sleep(readyPauseMs, undefined, { ref: false });
    }
  }
}

function isUnknownAgent(error: unknown): boolean {
  return error instanceof Error && /unknown agent id|agent ".*" not found/.test(error.message);
}

/** The gateway read what was written and will not have it: saying it again does not help. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('invalid config');
}

function configOf({ provider, baseUrl, apiKey, models }: MirroredProvider) {
  return {
    api: apis[provider],
    baseUrl: gatewayBaseUrl(provider, baseUrl),
    // A local Ollama wants none, the gateway wants one.
    apiKey: apiKey ? { source: 'store', provider: 'default', id: secretName(provider) } : 'none',
    models: models.map((model) => ({
      id: model.id,
      name: model.displayName,
      reasoning: false,
      input: model.vision ? ['text', 'image'] : ['text'],
      ...(model.contextWindow !== null && { contextWindow: model.contextWindow }),
      ...(model.maxOutput && model.maxOutput < (model.contextWindow ?? Infinity) && { maxTokens: model.maxOutput }),
    })),
  };
}

/** The gateway's adapter adds the version to Anthropic's root itself. */
function gatewayBaseUrl(provider: ProviderId, baseUrl: string): string {
  return provider === 'anthropic' ? baseUrl.replace(/\/v1$/, '') : baseUrl;
}

/** A merge patch removes what is null. */
function removedProviders(present: MirroredProvider[]): Record<string, null> {
  const gone = providerIds.filter((id) => !present.some(({ provider }) => provider === id));
  return Object.fromEntries(gone.map((id) => [gatewayProvider(id), null]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A patch after which what bears our prefix holds what is wanted and nothing else, such as a further tool. */
function exactPatch(config: unknown, wanted: unknown, isOurs = false): unknown {
  if (!isRecord(config) || !isRecord(wanted)) return wanted;
  const extra = isOurs ? Object.keys(config).filter((key) => !(key in wanted)) : [];
  return {
    ...Object.fromEntries(extra.map((key) => [key, null])),
    ...Object.fromEntries(
      Object.entries(wanted).map(([key, part]) => [key, exactPatch(config[key], part, isOurs || hasOurPrefix(key))]),
    ),
  };
}

/** Arrays are ours as a whole, also where they shrink or go with what is removed; the gateway wants them named. */
function replacedArrays(config: unknown, patch: unknown, path: string[] = []): string[] {
  const value = patch === null ? config : patch;
  if (Array.isArray(value)) return [path.join('.')];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const before = isRecord(config) ? config[key] : undefined;
    return replacedArrays(before, patch === null ? null : part, [...path, key]);
  });
}

/** Whether a configuration already says what the patch would write; secrets come back masked and count as the same. */
function covers(config: unknown, patch: unknown): boolean {
  if (patch === null) return config === undefined;
  if (typeof patch !== 'object') return config === patch || config === '__OPENCLAW_REDACTED__';
  if (typeof config !== 'object' || config === null) return false;
  if (Array.isArray(patch)) {
    return Array.isArray(config) && config.length === patch.length && patch.every((part, i) => covers(config[i], part));
  }
  return Object.entries(patch).every(([key, part]) => covers((config as Record<string, unknown>)[key], part));
}
