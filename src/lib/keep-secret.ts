/** Secrets that the desk makes for itself and keeps in its data folder. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads a kept secret, or makes one of 32 random bytes that only the owner may read. */
export function keepSecret(dir: string, name: string, prefix = ''): string {
  const path = join(dir, name);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const secret = `${prefix}${randomBytes(32).toString('base64')}`;
  writeFileSync(path, secret, { mode: 0o600 });
  return secret;
}
