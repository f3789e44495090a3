/** A shop's settings, changed by a supervisor while the desk runs. */
import type { Agent } from '../desk/ports.ts';
import { type ShopSettings, ShopSettingsSchema } from '../desk/shop-settings.ts';
import { checkTimers } from '../followups/rule-table.ts';
import { DeskError } from '../lib/errors.ts';
import { formatPath } from '../lib/read-text-file.ts';
import { SETTINGS_PARTS, type SettingsPart, type SettingsView } from '../protocol/settings.ts';
import { announceEnded } from './automatic-stop.ts';
import type { Desk } from './desk.ts';
import { hideSecrets, restoreSecrets } from './hide-secrets.ts';
import { noteTimerChanges } from './retime-follow-ups.ts';

/** The settings as they are in the record. */
export async function showSettings(desk: Desk, shopId: string): Promise<SettingsView> {
  const { revision, settings } = await desk.ledger.people.settings(shopId);
  return {
    revision,
    parts: Object.fromEntries(SETTINGS_PARTS.map((part) => [part, hideSecrets(part, settings[part])])),
  };
}

/**
 * Puts a value in the place of one part; every node works by it within seconds.
 *
 * @param value the whole part; `undefined`: the default
 * @throws DeskError `bad_request` (place and what is legal), `conflict` (somebody saved meanwhile)
 */
export async function saveSettings(
  desk: Desk,
  { shopId, id }: Agent,
  part: SettingsPart,
  { basedOn, value }: { basedOn: number; value?: unknown },
): Promise<SettingsView> {
  const at = desk.clock.now();
  const stopped = await desk.ledger.transaction(async (stores) => {
    const { settings } = await stores.people.settings(shopId);
    const after = changed(settings, part, restoreSecrets(part, value, settings));
    if (!(await stores.people.saveSettings(shopId, after, basedOn))) {
      throw new DeskError('conflict', `basedOn is ${basedOn}: the settings were changed meanwhile, read them first`);
    }
    // What was planned by other rules does not leave by them.
    const ended = await stores.automatic.end(shopId, { spareAway: true }, 'settings_changed', at);
    await noteTimerChanges(stores, shopId, part, { before: settings, after, revision: basedOn + 1 }, at);
    await stores.desk.audit(shopId, id, 'settings', { part, value: hideSecrets(part, value) ?? null }, at);
    return ended;
  });
  announceEnded(desk, shopId, stopped, 'settings_changed');
  desk.window.forget(shopId);
  desk.bus.publish({ type: 'shop.changed', shopId });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['settings'] });
  return await showSettings(desk, shopId);
}

function changed(settings: ShopSettings, part: SettingsPart, value: unknown): ShopSettings {
  const { [part]: _before, ...others } = settings;
  const { data, error } = ShopSettingsSchema.safeParse(value === undefined ? others : { ...others, [part]: value });
  if (data) {
    if (part === 'timers') checkTimers(data.timers ?? {});
    if (part === 'onCall') refusePassword('onCall.url', data.onCall?.url);
    if (part === 'goods') refusePassword('goods.sourceUrl', data.goods?.sourceUrl);
    return data;
  }
  const [issue] = error.issues;
  throw new DeskError('bad_request', `${formatPath(issue!.path)}: ${issue!.message}`);
}

/** Addresses are shown and written down: a password in one would be, too. */
function refusePassword(place: string, address: string | undefined): void {
  if (address === undefined) return;
  const { username, password } = new URL(address);
  if (username === '' && password === '') return;
  throw new DeskError('bad_request', `${place}: the address must not hold a name or a password`);
}
