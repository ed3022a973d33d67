import type { SQL } from 'drizzle-orm';
import { PgDialect, type PgSession } from 'drizzle-orm/pg-core';
import type { QueryResult } from 'pg';

// Building a statement costs the server more than sending it. What every answer sends is built once for each connection, and
// prepared there under its name; values are given by `sql.placeholder`.

/** A database, a connection of it or a transaction on one. */
interface OnSession {
  readonly _: { readonly session: object };
}

interface Statement<Result> {
  execute(values: Record<string, unknown>): Promise<Result>;
}

/** A statement of the query builder under a name of its own. `build` is given what it is first sent on. */
export function prepared<On extends OnSession, Values extends Record<string, unknown>, Result>(
  name: string,
  build: (on: On) => { prepare(name: string): Statement<Result> },
): (on: On, values: Values) => Promise<Result> {
  return onceASession((on: On) => build(on).prepare(name));
}

const dialect = new PgDialect();

/** The same for a statement that is written as SQL. */
export function preparedSql<Row extends Record<string, unknown>, Values extends Record<string, unknown>>(
  name: string,
  statement: SQL,
): (
  on: { readonly _: { readonly session: Pick<PgSession, 'prepareQuery'> } },
  values: Values,
) => Promise<QueryResult<Row>> {
  const query = dialect.sqlToQuery(statement);
  return onceASession((on) =>
    on._.session.prepareQuery<{ execute: QueryResult<Row>; all: unknown; values: unknown }>(
      query,
      undefined,
      name,
      false,
    ),
  );
}

function onceASession<On extends OnSession, Values extends Record<string, unknown>, Result>(
  build: (on: On) => Statement<Result>,
): (on: On, values: Values) => Promise<Result> {
  const bySession = new WeakMap<object, Statement<Result>>();
  return (on, values) => {
    const { session } = on._;
    let statement = bySession.get(session);
    if (!statement) bySession.set(session, (statement = build(on)));
    return statement.execute(values);
  };
}
