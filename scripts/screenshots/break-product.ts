import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Overview } from '../../contract/overview.ts';
import type { ModelDouble } from '../../testkit/model-double.ts';
import type { OdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import type { DoubleBot, TelegramDouble } from '../../testkit/telegram-double/telegram-double.ts';
import type { FullProduct } from './full-product.ts';

interface Breakable {
  request: FullProduct['request'];
  pool: Pool;
  doubles: { model: ModelDouble; openai: ModelDouble; odoo: OdooDouble; telegram: TelegramDouble };
  odooConnection: string;
  bot: DoubleBot;
  /** Three that can be spoiled. */
  agents: string[];
  ask(agentId: string): Promise<void>;
  expiringLicence(): Promise<string>;
}

const noticeMs = 60_000;

/**
 * Lets go wrong what an admin has to hear of: OpenAI refuses its key and Anthropic the answers, Odoo cannot be reached, the
 * main bot's token is revoked, an agent's model is gone, the licence has expired, and an entry of the trail was changed.
 */
export async function breakProduct(broken: Breakable): Promise<void> {
  const { request, pool, doubles, odooConnection, bot, agents, ask, expiringLicence } = broken;
  const { model, openai, odoo, telegram } = doubles;
  const [failing = '', stopped = '', orphan = ''] = agents;
  for (const error of ['auth', 'quota'] as const) {
    model.respondNext([{ error }]);
    await ask(failing).catch(() => undefined);
  }
  await request('PATCH', `/api/agents/${orphan}`, { model: 'openai/gpt-5-mini' });
  await request('POST', `/api/agents/${stopped}/stop`);
  telegram.revoke(bot);
  openai.respondToModelList([{ error: 'auth' }]);
  await request('POST', '/api/settings/providers/check', { provider: 'openai' });
  await odoo.close();
  await request('POST', `/api/integrations/${odooConnection}/sync`).catch(() => undefined);
  await request('PUT', '/api/enterprise/key', { key: await expiringLicence() });
  await changeEntry(pool);
  await request('GET', '/api/audit/verify').catch(() => undefined);
  const deadline = Date.now() + noticeMs;
  for (;;) {
    const { connections, licence } = await request<Overview>('GET', '/api/overview');
    if (connections.some(({ kind }) => kind === 'telegram') && !licence.enterprise) return;
    if (Date.now() > deadline) throw new Error('The product did not notice what is broken.');
    await sleep(500);
  }
}

/** As somebody who may do everything in the database might. */
async function changeEntry(pool: Pool): Promise<void> {
  await pool.query(`
    alter table audit_entries disable trigger all;
    update audit_entries set event_type = 'agent.created' where id = (select max(id) - 40 from audit_entries);
    alter table audit_entries enable always trigger audit_entries_append_only`);
}
