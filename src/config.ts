/** The only reader of the environment: names, meanings, defaults and checks of every setting. */
import { z } from 'zod';

const whole = (from: number, to: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(from, `must be at least ${from}`)
    .max(to, `must be at most ${to}`);
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/.+/, 'must be a postgres:// URL');
const redisUrl = z.string().regex(/^rediss?:\/\/.+/, 'must be a redis:// URL');

/** Every setting; `.describe` is what the README's table says. */
export const ConfigSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on. `0.0.0.0` lets other machines in.'),
  PORT: whole(0, 65535).default(8787).describe('Port to listen on; 0 picks a free one and prints it.'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder of the embedded record, the trained model and the secrets.'),
  DATABASE_URL: postgresUrl
    .optional()
    .describe('PostgreSQL 15 or later. Without it the record is kept by PGlite in `DATA_DIR`.'),
  REDIS_URL: redisUrl.optional().describe('Redis 6.2 or Valkey. Without it Valkey runs inside the process.'),
  ROLE: z
    .enum(['all', 'gateway', 'worker'])
    .default('all')
    .describe('What this process does: sockets and pages, due follow-ups, or both.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('warn')
    .describe('How much is logged, as JSON lines on standard error.'),
  SECRET: z
    .string()
    .min(24, 'must have at least 24 characters')
    .optional()
    .describe('Key of the visitor tokens, the same on every node. Without it one is made and kept in `DATA_DIR`.'),
  ORDER_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{32,}$/, 'must be whsec_ and at least 24 bytes in base64')
    .optional()
    .describe('Key of the signed order webhook. Without it one is made and kept in `DATA_DIR`.'),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .describe('Web origins beside the desk’s own whose pages may open sockets, comma-separated.'),
  TRUST_PROXY: z.stringbool().default(false).describe('Believe the `X-Forwarded-*` headers of a reverse proxy.'),
  DEMO: z.stringbool().default(true).describe('Fill an empty record with the demo shop.'),
  POOL_SIZE: whole(1, 100).default(10).describe('Connections to PostgreSQL.'),
});

/** The settings of one process. */
export type Config = z.output<typeof ConfigSchema>;

/** The environment does not make a valid configuration; the message has one line per bad key. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/**
 * Reads the settings; empty values count as absent.
 *
 * @throws ConfigError that lists every bad key with its value and what is legal
 */
export function readConfig(environment: Record<string, string | undefined> = readEnvironment()): Config {
  const known = Object.keys(ConfigSchema.shape);
  const values = Object.fromEntries(known.map((key) => [key, environment[key] || undefined]));
  const parsed = ConfigSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const key = String(issue.path[0]);
      const secret = key.includes('SECRET') || key.endsWith('_URL');
      return `setting ${key}${secret ? '' : `=${values[key]}`}: ${issue.message}`;
    }),
  );
}

/** The environment of this process. */
export function readEnvironment(): Record<string, string | undefined> {
  return { ...process.env };
}

/** Sign-in for commands that talk to a running desk: `HUASHU_LOGIN` and `HUASHU_PASSWORD`. */
export function readCredentials(): { login: string; password: string } | undefined {
  const { HUASHU_LOGIN: login, HUASHU_PASSWORD: password } = process.env;
  return login && password ? { login, password } : undefined;
}
