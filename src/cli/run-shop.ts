/**
 * `huashu shop --id ID --name NAME --login LOGIN --password PASSWORD [--tz ZONE] [--settings FILE]`: sets up a shop with
 * its supervisor. `huashu shop --id ID --settings FILE`: puts the settings of a file in place of those of a shop.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { readShopSettings } from '../desk/read-shop-settings.ts';
import { type ShopSettings, ShopSettingsSchema } from '../desk/shop-settings.ts';
import { checkTimers, FOLLOW_UP_TABLE } from '../followups/rule-table.ts';
import { hashPassword } from '../gateway/passwords.ts';
import { systemClock } from '../lib/clock.ts';
import { createId } from '../lib/ids.ts';
import { readTextFile } from '../lib/read-text-file.ts';
import type { Ledger } from '../turn/ports.ts';
import { UsageError } from './usage.ts';
import { withLedger } from './with-ledger.ts';

const USAGE = `usage: huashu shop --id ID --name NAME --login LOGIN --password PASSWORD [--tz ZONE] [--settings FILE]
       huashu shop --id ID --settings FILE`;
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
      settings: { type: 'string' },
    },
  });
  const { id, name, login, password, tz } = values;
  const settings =
    values.settings === undefined ? undefined : readShopSettings(values.settings, readTextFile(values.settings));
  checkTimers(settings?.timers ?? {});
  if (id && settings && name === undefined && login === undefined && password === undefined) {
    return withLedger(async (ledger) => {
      await changeSettings(ledger, id, settings);
      return 0;
    });
  }
  if (!id || !name || !login || !password) throw new UsageError(USAGE);
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(id))
    throw new UsageError(`--id is ${id}: it takes small letters, digits and hyphens`);
  if (password.length < MIN_PASSWORD)
    throw new UsageError(`--password has ${password.length} characters: it takes at least ${MIN_PASSWORD}`);
  if (!Intl.supportedValuesOf('timeZone').includes(tz))
    throw new UsageError(`--tz is ${tz}: it takes an IANA zone such as Asia/Shanghai`);
  const settingsOfShop = settings ?? ShopSettingsSchema.parse({});
  return withLedger(async (ledger) => {
    if (await ledger.people.shop(id)) throw new UsageError(`--id is ${id}: a shop of that id is there already`);
    const nowMs = systemClock.now();
    const passwordHash = await hashPassword(password);
    await ledger.transaction(async (stores) => {
      await stores.people.saveShop({ id, name, tz, epoch: randomUUID(), settings: settingsOfShop }, nowMs);
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
  });
}

/** A running desk takes new settings up within seconds. */
async function changeSettings(ledger: Ledger, id: string, settings: ShopSettings): Promise<void> {
  const shop = await ledger.people.shop(id);
  if (!shop) throw new UsageError(`--id is ${id}: there is no shop of that id`);
  const nowMs = systemClock.now();
  await ledger.transaction(async (stores) => {
    await stores.people.saveShop({ ...shop, settings }, nowMs);
    const { revision } = await stores.people.settings(id);
    const rules = FOLLOW_UP_TABLE.filter(({ touches }) => touches.length > 0).map((rule) => rule.id);
    await stores.followUpLedger(id).noteChanges(rules, revision, nowMs);
  });
  process.stdout.write(`shop ${id} has the settings of the file\n`);
}
