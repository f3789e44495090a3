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
  WEBHOOK_ALLOW_PRIVATE: z
    .stringbool()
    .default(false)
    .describe('Let the call to the person on call go to `http://` and to addresses of private networks.'),
  DEMO: z.stringbool().default(true).describe('Fill an empty record with the demo shop.'),
  MODEL_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !/^\w+:\/\/[^/?#]*@/.test(url), 'must not hold a name or a password: the key is MODEL_KEY')
    .optional()
    .describe(
      'OpenAI-compatible endpoint that softens the tone of proposals, such as `https://host/v1`. Off without it.',
    ),
  MODEL_KEY: z.string().optional().describe('Key of that endpoint.'),
  MODEL_NAME: z.string().min(1).default('default').describe('Model to ask there.'),
  POOL_SIZE: whole(1, 100).default(10).describe('Connections to PostgreSQL.'),
});

/** The same meanings in Chinese, for README.zh-CN.md. */
export const MEANINGS_ZH: Record<keyof typeof ConfigSchema.shape, string> = {
  HOST: '监听的地址；`0.0.0.0` 允许其他机器访问。',
  PORT: '监听的端口；0 表示自动选一个空闲端口并打印出来。',
  DATA_DIR: '存放内嵌数据记录、训练好的模型和密钥的文件夹。',
  DATABASE_URL: 'PostgreSQL 15 或更新版本；不设置时由 PGlite 把记录存放在 `DATA_DIR`。',
  REDIS_URL: 'Redis 6.2 或 Valkey；不设置时 Valkey 在进程内运行。',
  ROLE: '这个进程做什么：连接和网页、到期的跟进，或两者都做。',
  LOG_LEVEL: '日志的详细程度，以 JSON 行写到标准错误输出。',
  SECRET: '访客令牌的密钥，所有节点相同；不设置时自动生成并保存在 `DATA_DIR`。',
  ORDER_WEBHOOK_SECRET: '订单 webhook 的签名密钥；不设置时自动生成并保存在 `DATA_DIR`。',
  ALLOWED_ORIGINS: '除本站外允许建立连接的网页来源，用逗号分隔。',
  TRUST_PROXY: '是否相信反向代理的 `X-Forwarded-*` 请求头。',
  WEBHOOK_ALLOW_PRIVATE: '是否允许值班呼叫发往 `http://` 和内网地址。',
  DEMO: '记录为空时是否填入演示店铺。',
  MODEL_URL: '兼容 OpenAI 的模型接口，用来润色推荐话术的语气，例如 `https://host/v1`；不设置则关闭。',
  MODEL_KEY: '该接口的密钥。',
  MODEL_NAME: '向该接口请求的模型名。',
  POOL_SIZE: '到 PostgreSQL 的连接数。',
};

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
      const secret = key.includes('SECRET') || key.endsWith('_URL') || key.endsWith('_KEY');
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
