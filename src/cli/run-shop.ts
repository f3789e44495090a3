/** `huashu shop --id ID --name NAME --login LOGIN --password PASSWORD [--tz ZONE]`: sets up a shop with its supervisor. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { ShopSettingsSchema } from '../desk/shop-settings.ts';
import { hashPassword } from '../gateway/passwords.ts';
import { systemClock } from '../lib/clock.ts';
import { holdFolder } from '../lib/hold-folder.ts';
import { createId } from '../lib/ids.ts';
import { openPostgres } from '../postgres/connect.ts';
import { openLedger } from '../postgres/open-ledger.ts';
import { UsageError } from './usage.ts';

const USAGE = 'usage: huashu shop --id ID --name NAME --login LOGIN --password PASSWORD [--tz ZONE]';
const MIN_PASSWORD = 10;

/** Adds the shop and its supervisor to the record; with the embedded record the desk must not be running. */
export async function runShop(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      id: { type: 'string' },
      name: { type: 'string' },
      login: { type: 'string' },
      password: { type: 'string' },
      tz: { type: 'string', default: 'Asia/Shanghai' },
    },
  });
  const { id, name, login, password, tz } = values;
  if (!id || !name || !login || !password) throw new UsageError(USAGE);
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(id))
    throw new UsageError(`--id is ${id}: it takes small letters, digits and hyphens`);
  if (password.length < MIN_PASSWORD)
    throw new UsageError(`--password has ${password.length} characters: it takes at least ${MIN_PASSWORD}`);
  if (!Intl.supportedValuesOf('timeZone').includes(tz))
    throw new UsageError(`--tz is ${tz}: it takes an IANA zone such as Asia/Shanghai`);
  const config = readConfig();
  const release = holdFolder(config.DATA_DIR, config.DATABASE_URL === undefined);
  const connection = await openPostgres(
    config.DATABASE_URL === undefined
      ? { dataDir: join(config.DATA_DIR, 'postgres') }
      : { url: config.DATABASE_URL, poolSize: 2 },
  );
  try {
    const ledger = openLedger(connection);
    if (await ledger.people.shop(id)) throw new UsageError(`--id is ${id}: a shop of that id is there already`);
    const nowMs = systemClock.now();
    const passwordHash = await hashPassword(password);
    await ledger.transaction(async (stores) => {
      await stores.people.saveShop(
        { id, name, tz, epoch: randomUUID(), settings: ShopSettingsSchema.parse({}) },
        nowMs,
      );
      const agent = {
        shopId: id,
        id: createId('agent', nowMs),
        login,
        name: login,
        title: '主管',
        role: 'supervisor' as const,
      };
      await stores.people.saveAgent({ ...agent, passwordHash }, nowMs);
    });
    process.stdout.write(`shop ${id} is set up; sign in as ${id}/${login}\n`);
    return 0;
  } finally {
    await connection.close();
    release();
  }
}
