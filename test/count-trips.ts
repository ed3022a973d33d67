import { type DatabaseWire, startDatabaseWire } from './database-wire.ts';

export interface TripCounter extends DatabaseWire {
  /** How often somebody waited for the database so far: what is sent before an answer has come belongs to one trip. */
  readonly trips: number;
}

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
  };
}
