import { type DatabaseWire, startDatabaseWire } from './database-wire.ts';

export interface TripCounter extends DatabaseWire {
  /** How often somebody waited for the database so far: what is sent before an answer has come belongs to one trip. */
  readonly trips: number;
  /** The fewest of what some rounds of the same cost: heartbeats come in between. */
  fewestOf(work: () => Promise<unknown>): Promise<number>;
}

const rounds = 4;

/** Counts on the wire, between server and PostgreSQL. */
export async function countTrips(databaseUrl: string): Promise<TripCounter> {
  let trips = 0;
  const wire = await startDatabaseWire(databaseUrl, () => {
    let isAnswered = true;
    return {
      toDatabase() {
        if (isAnswered) trips += 1;
        isAnswered = false;
      },
      toClient: () => void (isAnswered = true),
    };
  });
  return {
    ...wire,
    get trips() {
      return trips;
    },
    async fewestOf(work) {
      const counts: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const before = trips;
        await work();
        counts.push(trips - before);
      }
      return Math.min(...counts);
    },
  };
}
