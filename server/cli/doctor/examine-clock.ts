import type { Client } from 'pg';
import { type Finding, well, wrong } from './finding.ts';

/** An HTTP date counts whole seconds, and an answer takes a while. */
const toleratedMs = 10_000;

/** Three clocks that are not this process's own: the database's, the trail's newest entry, and a provider's. */
export async function examineClock(client: Client, aheadOfProviderMs: number | undefined): Promise<Finding> {
  const { rows } = await client.query<{ now: Date; newest: Date | null }>(
    'select clock_timestamp() as now, (select max(timestamp) from audit_entries) as newest',
  );
  const { now, newest } = rows[0]!;
  const here = Date.now();
  const next = 'Let the machine keep its time by NTP: sign-ins, licences and the order of the trail depend on it.';
  const tell = (ahead: number, than: string) =>
    wrong(
      'Clock',
      `${Math.round(Math.abs(ahead) / 1_000)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} ${than}.`,
      next,
    );

  const aheadOfDatabase = here - now.getTime();
  if (Math.abs(aheadOfDatabase) > toleratedMs) return tell(aheadOfDatabase, "the database's");
  if (aheadOfProviderMs !== undefined && Math.abs(aheadOfProviderMs) > toleratedMs)
    return tell(aheadOfProviderMs, "a provider's");
  if (newest && newest.getTime() - here > toleratedMs)
    return tell(here - newest.getTime(), 'the newest entry of the audit trail');
  return well('Clock', `Agrees with the database's${aheadOfProviderMs === undefined ? '' : " and a provider's"}.`);
}
