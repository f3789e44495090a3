/** Which engines the suites can run on here. */

/** PostgreSQL on which the suites may create databases; absent: they run on PGlite alone. */
export const TEST_DATABASE_URL: string | undefined = process.env['TEST_DATABASE_URL'] || undefined;
/** Redis whose databases 1 to 15 the suites may empty; absent: they run on the embedded Valkey alone. */
export const TEST_REDIS_URL: string | undefined = process.env['TEST_REDIS_URL'] || undefined;

/** An engine that keeps the record. */
export type RecordEngine = 'pglite' | 'postgres';
/** An engine behind bus, presence and alarms. */
export type RedisEngine = 'valkey' | 'redis';

/** Engines of the record: for `describe.each`. */
export const RECORD_ENGINES: readonly RecordEngine[] = TEST_DATABASE_URL ? ['pglite', 'postgres'] : ['pglite'];
/** Engines of bus, presence and alarms: for `describe.each`. */
export const REDIS_ENGINES: readonly RedisEngine[] = TEST_REDIS_URL ? ['valkey', 'redis'] : ['valkey'];

/** Test files that need a server of their own, by the end of their names, and the setting each needs. */
export const SERVER_SUITES = [
  { ending: '.postgres.test.ts', setting: 'TEST_DATABASE_URL', server: 'PostgreSQL', url: TEST_DATABASE_URL },
  { ending: '.redis.test.ts', setting: 'TEST_REDIS_URL', server: 'Redis', url: TEST_REDIS_URL },
] as const;
