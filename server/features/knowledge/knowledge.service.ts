import * as z from 'zod';
import {
  type KnowledgeDirectory,
  type KnowledgeSettings,
  knowledgeSettingsSchema,
  usualFoundPassages,
} from '../../../contract/knowledge.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { defaultKnowledgeSettings } from '../../knowledge/knowledge-settings.ts';
import type { KnowledgeSearch, SearchResult } from '../../knowledge/search/knowledge-search.ts';
import { invalidField, notFound } from '../../platform/errors.ts';
import { InvalidDataDirectory } from '../../tools/files/data-directories.ts';
import { locate, rootsOf } from '../../tools/files/virtual-path.ts';
import { ToolDenied, ToolError } from '../../tools/tool.ts';
import type { AgentDirectory, Grant } from '../agents/agent-directory.ts';
import { describeChanges } from '../agents/describe-changes.ts';
import { settingKeys } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';
import { canReadDocuments } from './knowledge.policy.ts';
import { presentDirectory } from './knowledge.presenter.ts';
import { countDirectories, findUnreadable, markAllPending, measureIndex } from './knowledge.queries.ts';

export interface SearchBody {
  agentId: string;
  query: string;
  path?: string | undefined;
  limit?: number | undefined;
}

export interface KnowledgeService {
  /** What an agent may read, for a person who may use it. */
  search(actor: Actor, body: SearchBody, signal: AbortSignal): Promise<SearchResult>;
  overview(): Promise<{ directories: KnowledgeDirectory[]; indexBytes: number }>;
  unreadable(filter: {
    path?: string | undefined;
    page?: number | undefined;
    limit?: number | undefined;
  }): Promise<{ documents: { path: string; reason: string; code: string }[]; total: number }>;
  reindex(actor: Actor, path: string | undefined): Promise<void>;
  settings(): Promise<KnowledgeSettings>;
  saveSettings(actor: Actor, settings: KnowledgeSettings): Promise<KnowledgeSettings>;
}

const usualPage = 50;

export function createKnowledgeService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  settings: Pick<SettingService, 'write'>;
  readSettings: (tx?: Transaction) => Promise<KnowledgeSettings>;
  agentDirectory: Pick<AgentDirectory, 'findGrant' | 'findUsable'>;
  knowledge: KnowledgeSearch;
  dataRoot: string;
  /** Whether this server, or another, indexes. */
  isIndexing: boolean;
  listDataDirectories(): Promise<{ path: string; name: string }[]>;
  requireDataDirectory(path: string): Promise<string>;
}): KnowledgeService {
  const { db, signals, audit, settings, readSettings, agentDirectory, knowledge, dataRoot } = options;
  const userActor = (actor: Actor) => ({ type: 'user', id: actor.userId }) as const;

  function dataRootsOf(actor: Actor, grant: Grant) {
    // No file of the chat is indexed, so where those lie does not matter.
    const { pluginConfig } = grant;
    const roots = rootsOf({ userId: actor.userId, workspaceDirectory: dataRoot, pluginConfig }, dataRoot);
    return roots.filter((root) => root.linksTo === 'data');
  }

  return {
    async search(actor, { agentId, query, path, limit = usualFoundPassages }, signal) {
      // A session that has just ended is told so, as everywhere, before anything is said of the agent.
      const usable = await signals.transaction(actor, (tx) => agentDirectory.findUsable(actor.userId, agentId, tx));
      const grant = usable && (await agentDirectory.findGrant({ userId: actor.userId, agentId }));
      if (!grant) throw notFound('The agent');
      const roots = canReadDocuments(grant) ? dataRootsOf(actor, grant) : [];
      const within = path === undefined ? undefined : placeOf(path, roots);
      const found = await knowledge.search({ query, roots, within, limit, userId: actor.userId, signal });
      const paths = [...new Set(found.passages.map((passage) => passage.path))];
      await signals.transaction(actor, (tx) =>
        audit.record(tx, {
          eventType: 'knowledge.searched',
          actor: userActor(actor),
          resource: `agent:${agentId}`,
          detail: { agentId, passages: found.passages.length, paths },
        }),
      );
      return found;
    },
    async overview() {
      const [listed, rows, bytes] = await Promise.all([
        options.listDataDirectories(),
        countDirectories(db),
        measureIndex(db),
      ]);
      const counts = new Map(rows.map((row) => [row.name, row]));
      const directories = listed.map(({ path, name }) => presentDirectory(path, counts.get(name), options));
      return { directories, indexBytes: bytes };
    },
    unreadable: ({ path, page = 1, limit = usualPage }) =>
      findUnreadable(db, { path: path?.replace(/(?<!\/)\/+$/, ''), limit, offset: (page - 1) * limit }),
    async reindex(actor, asked) {
      const path = asked === undefined ? null : await requireDirectory(asked);
      await signals.transaction(actor, async (tx) => {
        await markAllPending(tx, path);
        await audit.record(tx, {
          eventType: 'knowledge.reindexed',
          actor: userActor(actor),
          detail: { path },
        });
        signals.signal(tx, { kind: 'knowledge', path });
      });
    },
    settings: () => readSettings(),
    async saveSettings(actor, changed) {
      await signals.transaction(actor, async (tx) => {
        const before = await readSettings(tx);
        const changes = describeChanges(before, changed);
        if (Object.keys(changes).length === 0) return;
        await settings.write(tx, settingKeys.knowledge, JSON.stringify(changed));
        await audit.record(tx, {
          eventType: 'settings.knowledge_updated',
          actor: userActor(actor),
          detail: { changes },
        });
      });
      return readSettings();
    },
  };

  async function requireDirectory(path: string): Promise<string> {
    try {
      return await options.requireDataDirectory(path);
    } catch (error) {
      if (error instanceof InvalidDataDirectory) throw invalidField('path', error.message);
      throw error;
    }
  }
}

/** The same answer for what is not there and what this agent may not read. @throws AppError 400 */
function placeOf(path: string, roots: ReturnType<typeof rootsOf>) {
  try {
    const place = locate(path, roots);
    return place.kind === 'inside' ? place : undefined;
  } catch (error) {
    if (!(error instanceof ToolDenied || error instanceof ToolError)) throw error;
    throw invalidField('path', 'This agent reads no directory of this name.');
  }
}

/** What holds now; what was stored by another version and is not understood counts as not stored. */
export function createKnowledgeSettings(settings: Pick<SettingService, 'find'>) {
  return async (tx?: Transaction): Promise<KnowledgeSettings> => {
    const stored = await settings.find(settingKeys.knowledge, tx);
    const parsed = z.preprocess(parseJson, knowledgeSettingsSchema).safeParse(stored);
    return parsed.success ? parsed.data : defaultKnowledgeSettings;
  };
}

function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
