import { LRUCache } from 'lru-cache';
import pg from 'pg';

/** Statements that stay prepared on every connection that has sent them; PostgreSQL keeps a plan for each. */
const maxPrepared = 400;
/** The sending from which on a statement is prepared: texts with lists of changing length are mostly seen once. */
const preparedFrom = 3;

const sendings = new LRUCache<string, number>({ max: 2_000 });
const names = new Map<string, string>();

/** The name under which a statement is prepared; undefined for one that is sent as it is. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= maxPrepared) return known;
  const count = (sendings.get(text) ?? 0) + 1;
  sendings.set(text, count);
  if (count < preparedFrom) return undefined;
  sendings.delete(text);
  const name = `p${names.size + 1}`;
  names.set(text, name);
  return name;
}

interface DrizzleStatement {
  name?: string | undefined;
  text: string;
  types: unknown;
}

/** Of all who send statements, only Drizzle brings its own types. */
function isDrizzleStatement(config: unknown): config is DrizzleStatement {
  return typeof config === 'object' && config !== null && 'types' in config && 'text' in config;
}

const beginning = /^begin\b/;

/**
 * A connection on which statements that come again are parsed and planned once: whatever is sent with values and by Drizzle
 * is meant; statements of other libraries, and such without values, go through as they are.
 *
 * Statements that are sent before the first has answered share one trip to the database. A transaction's `begin` is not
 * waited for, so that it travels with what follows; that it failed shows in each of those, and in `commit`, which fails
 * when anything before it has: PostgreSQL itself answers such a `commit` with a rollback and no error.
 */
export class PreparingClient extends pg.Client {
  private begun: Promise<unknown> | undefined;
  private isHeld = false;

  // Its many forms are the library's: none of them changes here but for the name.
  override query = ((...given: unknown[]) => {
    const [config, values] = given;
    const text = isDrizzleStatement(config) ? config.text : undefined;
    if (text !== undefined && beginning.test(text)) return this.begin(given);
    if (text === 'commit') return this.commit(given);
    if (isDrizzleStatement(config) && config.name === undefined && Array.isArray(values) && values.length > 0) {
      const name = nameOf(config.text);
      if (name !== undefined) return this.send([{ ...config, name }, ...given.slice(1)]);
    }
    return this.send(given);
  }) as pg.Client['query'];

  private async begin(given: unknown[]): Promise<unknown> {
    const begun = Promise.resolve(this.send(given));
    begun.catch(() => undefined);
    this.begun = begun;
    return { rows: [], command: 'BEGIN' };
  }

  private async commit(given: unknown[]): Promise<unknown> {
    const committed = Promise.resolve(this.send(given)) as Promise<pg.QueryResult>;
    const [result] = await Promise.all([committed, this.begun]);
    if (result.command !== 'COMMIT') throw new Error('The transaction was rolled back: a statement in it had failed.');
    return result;
  }

  /** Everything that is sent in this turn leaves in one packet. */
  private send(given: unknown[]): unknown {
    const { stream } = this.connection;
    if (!this.isHeld) {
      this.isHeld = true;
      stream.cork();
      process.nextTick(() => {
        this.isHeld = false;
        stream.uncork();
      });
    }
    return Reflect.apply(pg.Client.prototype.query, this, given);
  }
}
