/**
 * Refuses to read or write beside an open transaction of the same call: on PGlite it would wait for itself for ever, on
 * a server it would use up the pool, and on both it would see the world before the transaction.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, KyselyPlugin } from 'kysely';

/** A connection that knows when a call of its own has a transaction open. */
export interface GuardedConnection<T> {
  /** For single statements. @throws Error inside a transaction of the same call */
  outside: Kysely<T>;
  /** Marks everything that `work` calls as inside. */
  inside<R>(work: () => Promise<R>): Promise<R>;
}

/** Guards a connection. */
export function guardTransactions<T>(db: Kysely<T>): GuardedConnection<T> {
  const open = new AsyncLocalStorage<true>();
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (open.getStore()) throw new Error('inside a transaction only its own stores may be used');
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { outside: db.withPlugin(plugin), inside: (work) => open.run(true, work) };
}
