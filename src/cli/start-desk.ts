/** `npm start`: one desk in this process until Ctrl+C. */
import closeWithGrace from 'close-with-grace';
import { type App, createApp } from '../app.ts';
import { type Config, ConfigError, readConfig, readEnvironment } from '../config.ts';
import { DEMO_AGENTS } from '../demo/demo-people.ts';
import { FolderError } from '../lib/hold-folder.ts';

/** Time a node has to finish what is under way. */
const DRAIN_MS = 10_000;

/** Starts a desk and keeps it until a signal; a start that cannot succeed ends with one clear line and code 1. */
export async function startDesk(overrides: Record<string, string> = {}): Promise<void> {
  const startedAt = performance.now();
  let config: Config;
  let app: App;
  try {
    config = readConfig({ ...readEnvironment(), ...overrides });
    app = await createApp(config);
  } catch (error) {
    process.stderr.write(`${explainStart(error)}\n`);
    process.exit(1);
  }
  closeWithGrace({ delay: DRAIN_MS, logger: false }, async ({ err }) => {
    if (err) app.desk.log.error({ err }, 'ending because of an error');
    await app.close();
  });
  process.stdout.write(banner(app, config, Math.round(performance.now() - startedAt)));
}

function banner(app: App, config: Config, tookMs: number): string {
  if (app.url === '')
    return `huashu worker is running on ${app.engines.record} and ${app.engines.redis} (${tookMs} ms)\n`;
  const lines = [
    `huashu is running on ${app.engines.record} and ${app.engines.redis} (started in ${(tookMs / 1000).toFixed(1)} s)`,
    '',
    `  console      ${app.url}/console`,
    `  supervisor   ${app.url}/supervisor`,
    `  library      ${app.url}/library`,
    `  settings     ${app.url}/settings`,
    `  buyer's page ${app.url}/shop`,
  ];
  if (config.DEMO) {
    lines.push('', '  demo sign-in');
    for (const agent of DEMO_AGENTS) lines.push(`    ${agent.login.padEnd(11)} ${agent.password}`);
  }
  lines.push('', '  Ctrl+C ends it.', '');
  return `${lines.join('\n')}\n`;
}

/** One line that says what is wrong and what to do. */
export function explainStart(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof FolderError) return error.message;
  if (!(error instanceof Error)) return `huashu could not start: ${String(error)}`;
  const code = 'code' in error ? String(error.code) : '';
  const { address, port } = error as Error & { address?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `port ${port} on ${address} is taken: stop what uses it, or set PORT to another one (0 picks a free one)`;
  if (code === 'EACCES') return `address ${address}:${port} may not be used by this user: set PORT to 1024 or more`;
  if (code === 'EADDRNOTAVAIL') return `HOST ${address} is not an address of this machine`;
  if (code === 'ECONNREFUSED') return `DATABASE_URL or REDIS_URL cannot be reached (${error.message}): is it running?`;
  return `huashu could not start: ${error.message.split('\n')[0]}`;
}
