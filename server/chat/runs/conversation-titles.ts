import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { systemAuthority } from '../../db/authority.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { personKey } from '../../http/asker.ts';
import { createFairQueue, type FairQueue } from '../../platform/fair-queue.ts';
import type { Logger } from '../../platform/logger.ts';
import type { WriteTitle } from '../../runtime/native/write-title.ts';
import { hasUsage } from '../../runtime/step-usage.ts';
import { conversationSignal, type ConversationReference } from '../conversations/conversation-reference.ts';
import { titleFrom } from '../conversations/title.ts';
import type { ChatAgents, ChatAudit, ChatSpending, PriceUsage } from '../ports.ts';
import { claimTitle, giveTitle, readBeginning } from './title.queries.ts';
import { insertUsage, priceOf } from './usage-record.queries.ts';

/** Lets the model give conversations a title, beside their answers: nobody waits for one, and none is made twice. */
export interface ConversationTitles {
  /** An answer in this conversation is whole. */
  offer(run: { runId: string; conversation: ConversationReference }): void;
  /** What is under way is left, and its conversations keep the titles that they have. */
  stop(): Promise<void>;
}

const maxTitleMs = 90_000;

export const createTitleQueue = (): FairQueue =>
  createFairQueue({
    name: 'titles',
    running: 4,
    runningPerKey: 1,
    waitingPerKey: 20,
    waiting: 200,
    refusal: 'Too many conversations wait for a title.',
  });

export function createConversationTitles(options: {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  agents: Pick<ChatAgents, 'describeForRun'>;
  /** Whether an admin lets models do this. */
  isSwitchedOn: () => Promise<boolean>;
  writeTitle: WriteTitle;
  priceUsage: PriceUsage;
  spending: ChatSpending;
  queue: FairQueue;
  log: Logger;
}): ConversationTitles {
  const { db, signals, audit, agents, isSwitchedOn, writeTitle, priceUsage, spending, queue, log } = options;
  /** Conversations that were looked at here: of each, the first whole answer is what counts. */
  const seen = new LRUCache<string, true>({ max: 5_000 });
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  async function make({ runId, conversation }: Parameters<ConversationTitles['offer']>[0]): Promise<void> {
    const { id: conversationId, agentId, userId } = conversation;
    if (!(await isSwitchedOn())) {
      seen.delete(conversationId);
      return;
    }
    if (!(await signals.transaction(systemAuthority, (tx) => claimTitle(tx, conversationId)))) return;
    const agent = await agents.describeForRun({ userId, agentId });
    if (!agent?.model || agent.stopped) return;
    const said = await readBeginning(db, conversationId);
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(maxTitleMs)]);
    const { model } = agent;
    const holder = randomUUID();
    const written = await writeTitle({ model, userId, agentId, holder, ...said }, signal).catch(
      async (error: unknown) => {
        await spending.chargeLost(holder);
        throw error;
      },
    );
    const { text, usage } = written;
    const title = text === undefined ? undefined : titleFrom(text);
    const priced = hasUsage(usage) ? await priceOf(priceUsage, { ...usage, model }) : undefined;
    await signals.transaction(systemAuthority, async (tx) => {
      if (priced) {
        await insertUsage(tx, { agentId, userId, conversationId, runId, source: 'system', model, ...priced });
        await spending.settle(tx, holder);
      } else await spending.charge(tx, holder, { failed: text === undefined && !signal.aborted });
      if (title === undefined || !(await giveTitle(tx, conversationId, title))) return;
      await audit.record(tx, {
        eventType: 'conversation.titled',
        actor: { type: 'system' },
        resource: `conversation:${conversationId}`,
        detail: { agentId, model },
      });
      signals.signal(tx, conversationSignal(conversation, 'renamed'));
    });
    spending.forget(holder);
  }

  return {
    offer(run) {
      const { id, userId, temporary } = run.conversation;
      if (temporary || stopping.signal.aborted || seen.has(id)) return;
      seen.set(id, true);
      const made = queue
        .run({ key: personKey(userId), signal: stopping.signal }, () => make(run))
        .catch((error: unknown) => {
          if (!stopping.signal.aborted) log.info({ error, conversationId: id }, 'a conversation was not given a title');
        })
        .finally(() => underWay.delete(made));
      underWay.add(made);
    },
    async stop() {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}
