import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { measureEach, median } from './result.ts';

const rounds = 5;
const roundTrips = 50;
const document = JSON.stringify(
  Array.from({ length: 500 }, (_, id) => ({ id, name: `Name ${id}`, tags: ['one', 'two'] })),
);

/**
 * How long a fixed piece of work takes now, in milliseconds: JSON, digests and round trips to PostgreSQL, as a server does them.
 * Divided by it, times of a slow or busy machine compare with those of a fast one.
 */
export async function calibrate(postgresUrl: string): Promise<number> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    return median(
      await measureEach(rounds, async () => {
        for (let round = 0; round < 50; round += 1) {
          createHash('sha256')
            .update(JSON.stringify(JSON.parse(document)))
            .digest();
        }
        for (let trip = 0; trip < roundTrips; trip += 1) await client.query('select $1::int', [trip]);
      }),
    );
  } finally {
    await client.end();
  }
}
