import { join } from 'node:path';
import { isWebAddress, nameOfDocument } from '../../../contract/cited-names.ts';
import type { Source } from '../../../contract/socket.ts';
import type { SourceRefusal } from '../../../contract/source-refusals.ts';
import type { OpenedSource } from '../../../contract/sources.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { DocumentCache } from '../../tools/files/document-cache.ts';
import { readDocumentText } from '../../tools/files/document-text.ts';
import { explainUnreadable } from '../../tools/files/explain-unreadable.ts';
import { mediaTypeOf } from '../../tools/files/media-type.ts';
import { type OpenedPlace, openPlace } from '../../tools/files/open-place.ts';
import { locate, rootsOf, shown } from '../../tools/files/virtual-path.ts';
import { ToolDenied, ToolError } from '../../tools/tool.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import { canReadDocuments } from '../knowledge/knowledge.policy.ts';
import { presentSource } from './source.presenter.ts';
import { findSource, type SourceKey } from './source.queries.ts';

export interface SourceFile {
  filename: string;
  mediaType: string;
  size: number;
  stream: NodeJS.ReadableStream;
}

/** Documents that answers cite, opened by people with the rights that the agent has at that moment. */
export interface SourceService {
  /** @throws AppError 404 with the reason when it may not be read, or is not there, any more */
  open(actor: Actor, key: SourceKey, signal: AbortSignal): Promise<OpenedSource>;
  file(actor: Actor, key: SourceKey): Promise<SourceFile>;
}

export function createSourceService(options: {
  signals: Signals;
  audit: AuditTrail;
  agentDirectory: Pick<AgentDirectory, 'findGrant' | 'findUsable'>;
  dataRoot: string;
  /** Holds one directory per agent, named by its id. */
  workspaceRoot: string;
  cache: DocumentCache;
}): SourceService {
  const { signals, audit, agentDirectory, dataRoot, workspaceRoot, cache } = options;

  async function openFile(
    actor: Actor,
    key: SourceKey,
    form: 'text' | 'file',
  ): Promise<{ source: Source; opened: OpenedPlace }> {
    const { userId } = actor;
    const { agentId } = key;
    const source = await signals.transaction(actor, async (tx) => {
      const usable = await agentDirectory.findUsable(userId, agentId, tx);
      return usable && findSource(tx, userId, key);
    });
    if (!source) throw notFound('The source');
    if (isWebAddress(source.path)) throw refused('web_page', 'This is a page of the web: open its address.');
    const grant = await agentDirectory.findGrant({ userId, agentId });
    if (!grant || !canReadDocuments(grant)) {
      throw refused('no_reading_tool', 'The agent may not read documents any more.');
    }
    const context = { userId, workspaceDirectory: join(workspaceRoot, agentId), pluginConfig: grant.pluginConfig };
    const opened = await openGranted(source.path, rootsOf(context, dataRoot));
    try {
      await signals.transaction(actor, (tx) =>
        audit.record(tx, {
          eventType: 'source.opened',
          actor: { type: 'user', id: userId },
          resource: `agent:${agentId}`,
          detail: { agentId, path: source.path, form },
        }),
      );
    } catch (error) {
      await opened.handle.close();
      throw error;
    }
    return { source, opened };
  }

  return {
    async open(actor, key, signal) {
      const { source, opened } = await openFile(actor, key, 'text');
      try {
        const page = Number(/\bpage (\d+)/.exec(source.place)?.[1] ?? 1);
        const context = { userId: actor.userId, signal };
        const request = { opened, path: shown(nameOfDocument(source.path)), page, context, cache };
        return await readDocumentText(request, (text) => presentSource(source, text, signal)).catch(explainUnreadable);
      } finally {
        await opened.handle.close();
      }
    },
    async file(actor, key) {
      const { source, opened } = await openFile(actor, key, 'file');
      const filename = nameOfDocument(source.path);
      const { size } = opened.stats;
      const mediaType = await mediaTypeOf(opened.handle, size, filename).catch(async (error: unknown) => {
        await opened.handle.close();
        throw error;
      });
      return {
        filename,
        mediaType,
        size,
        stream: opened.handle.createReadStream({ start: 0, end: Math.max(0, size - 1) }),
      };
    },
  };
}

/** The same answer for what is not granted any more, whether it is there or not. */
async function openGranted(path: string, roots: ReturnType<typeof rootsOf>): Promise<OpenedPlace> {
  try {
    const place = locate(path, roots);
    if (place.kind === 'above') throw refused('gone', 'This document is not there any more.');
    return await openPlace(place, roots, 'file');
  } catch (error) {
    if (error instanceof ToolDenied)
      throw refused('not_granted', 'The agent may not read this document any more.', error);
    if (error instanceof ToolError) throw refused('gone', 'This document is not there any more.', error);
    throw error;
  }
}

const refused = (reason: SourceRefusal, sentence: string, cause?: unknown) =>
  new AppError('not_found', sentence, { reason, cause });
