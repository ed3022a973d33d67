import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../db/client.ts';
import type { Signal, Signals } from '../../db/signals.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ContextService } from '../settings/context.service.ts';
import { settingKeys } from '../settings/setting-keys.ts';
import { type AgentRow, findOwnerContext, listAgentRows } from './agent.queries.ts';

export interface WorkspaceFiles {
  /** Brings every workspace up to date, then follows changes made here and on other replicas. */
  start(): void;
  /** Removes everything of a deleted agent, after what is being written. */
  remove(agentId: string): Promise<void>;
  /** Waits for what is being written. */
  stop(): Promise<void>;
}

/** The mirrored files of a workspace; made anew from the database at each start. */
export const mirroredFiles: readonly string[] = ['SOUL.md', 'AGENTS.md', 'USER.md'];

/**
 * Mirrors what an agent is told into its workspace: SOUL.md (personality), AGENTS.md (instructions) and USER.md (the
 * owner's context for a personal agent, the organisation's for a shared one). The database stays the truth; the files
 * are for runtimes and people who look into a workspace.
 */
export function createWorkspaceFiles(options: {
  db: Database;
  signals: Signals;
  contexts: ContextService;
  workspaceRoot: string;
  log: Logger;
}): WorkspaceFiles {
  const { db, signals, contexts, workspaceRoot, log } = options;
  let written = Promise.resolve();
  let unsubscribe: (() => void)[] = [];

  /** One after the other, so that the newest content is what stays. */
  function schedule(which: Parameters<typeof listAgentRows>[1]): void {
    written = written
      .then(async () => {
        for (const agent of await listAgentRows(db, which)) await writeWorkspace(agent);
      })
      .catch((error: unknown) => log.warn({ error }, 'a workspace could not be brought up to date'));
  }

  async function userContext(agent: AgentRow): Promise<string> {
    if (!agent.isPersonal || !agent.ownerId) return contexts.organisation();
    return findOwnerContext(db, agent.ownerId);
  }

  async function writeWorkspace(agent: AgentRow): Promise<void> {
    const directory = join(workspaceRoot, agent.id);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await replace(join(directory, 'SOUL.md'), agent.personality);
    await replace(join(directory, 'AGENTS.md'), agent.instructions);
    await replace(join(directory, 'USER.md'), await userContext(agent));
  }

  function hear(signal: Signal): void {
    if (signal.kind === 'agent') schedule({ id: signal.agentId });
    if (signal.kind === 'user') schedule({ ownerId: signal.userId });
    if (signal.kind === 'setting' && signal.key === settingKeys.organisationContext) schedule('shared');
  }

  return {
    start() {
      unsubscribe = [signals.onSignal(hear), signals.onReset(() => schedule('all'))];
      schedule('all');
    },
    async remove(agentId) {
      const removed = written.then(() => rm(join(workspaceRoot, agentId), { recursive: true, force: true }));
      written = removed.catch(() => {});
      await removed;
    },
    async stop() {
      for (const end of unsubscribe) end();
      await written;
    },
  };
}

async function replace(path: string, content: string): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before === content) return;
  await writeFile(`${path}.next`, content, { mode: 0o600 });
  await rename(`${path}.next`, path);
}
