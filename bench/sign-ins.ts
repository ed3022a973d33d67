import { hashPassword, verifyPassword } from 'better-auth/crypto';
import type { BenchContext } from './bench-context.ts';
import { measure, measureEach, measureMedian, median, percentile, type Result } from './result.ts';
import { setStage } from './stage.ts';

const people = 100;
const password = 'correct horse battery';

/**
 * A hundred people who sign in at the same moment, as at nine in the morning. Each password is hashed on purpose
 * slowly; how long one hash takes alone is the baseline. Meanwhile somebody who is signed in works on.
 */
export async function benchSignIns(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context, {
    environment: { RATE_LIMIT_SIGN_IN_FAILURES_PER_ADDRESS: '1000000', RATE_LIMIT_SIGN_IN_FAILURES: '1000000' },
  });
  const hash = await hashPassword(password);
  const { rows } = await stage.database.query<{ email: string }>(
    `with people as (
       insert into users (name, email, role)
       select 'Person ' || n, 'person' || n || '@example.com', 'member' from generate_series(1, $1) n returning id, email
     ), credentials as (
       insert into accounts (id, account_id, provider_id, user_id, password)
       select gen_random_uuid(), id::text, 'credential', id, $2 from people
     )
     select email from people`,
    [people, hash],
  );
  const verifyMs = await measureMedian(5, () => verifyPassword({ hash, password }));
  const work = () => stage.request('GET', '/api/agents');
  const undisturbed = await measureEach(20, work);

  let signedIn = 0;
  let isOver = false;
  const times: number[] = [];
  const disturbed: number[] = [];
  const working = (async () => {
    while (!isOver) disturbed.push(await measure(work));
  })();
  const allMs = await measure(() =>
    Promise.all(
      rows.map(async ({ email }) => {
        const start = performance.now();
        const answer = await fetch(`${stage.url}/api/auth/sign-in/email`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password }),
        });
        await answer.arrayBuffer();
        if (answer.ok) signedIn += 1;
        times.push(performance.now() - start);
      }),
    ),
  );
  isOver = true;
  await working;
  const name = `${people} sign-ins at once`;
  return [
    { name: `${name}: signed in`, value: signedIn / people, unit: 'of all', target: 1 },
    { name: `${name}: all are in, each, and one hash alone`, value: allMs / people, unit: 'ms', baseline: verifyMs },
    { name: `${name}: p50 of one`, value: median(times), unit: 'ms' },
    { name: `${name}: p95 of one`, value: percentile(times, 0.95), unit: 'ms' },
    {
      name: `${name}: GET /api/agents of somebody else meanwhile, p95, and before`,
      value: percentile(disturbed, 0.95),
      unit: 'ms',
      baseline: percentile(undisturbed, 0.95),
    },
  ];
}
