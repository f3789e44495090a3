/** What a node says after a change elsewhere whose notice never came, and while the record cannot be read. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Script } from '../../src/protocol/script.ts';
import { shippedVersion } from '../../src/scripts/govern.ts';
import type { StoredVersion } from '../../src/scripts/ports.ts';
import type { DeskBus, DeskEvent, ShopLibrary } from '../../src/turn/desk.ts';
import { createLibraryKeeper, type LibraryKeeper } from '../../src/turn/library-keeper.ts';
import type { Gate, Ledger } from '../../src/turn/ports.ts';
import { NOW, SHOP, seedShops } from '../contracts/fixtures.ts';
import { makeScript } from '../scripts/fixtures.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';

const HOUR = 3_600_000;

function version(id: string, number: number, more: Partial<StoredVersion> = {}, status: Script['status'] = 'approved') {
  const script = makeScript({ id, card: 'SCR-01', version: number, status });
  return { ...shippedVersion(script, 'greeting', NOW), script, ...more };
}

describe('the keeper of libraries', () => {
  let record: TestRecord;
  let ledger: Ledger;
  let id: string;
  let n = 0;
  beforeAll(async () => {
    record = await openTestRecord('pglite');
    ledger = record.ledger;
    await seedShops(ledger);
  });
  afterAll(() => record.close());
  beforeEach(() => {
    id = `SHOP-kept-${++n}`;
  });

  async function save(...versions: StoredVersion[]): Promise<void> {
    await ledger.transaction(async (stores) => stores.scripts.save(SHOP, await stores.scripts.begin(SHOP), versions));
  }

  /** A node: its keeper, its clock and the bus it hears. */
  function openNode(options: { compareEveryMs?: number; source?: Ledger; gateWith?: (rules: unknown) => Gate } = {}) {
    const clock = createManualClock(NOW);
    const listeners = new Set<(event: DeskEvent) => void>();
    const bus: DeskBus = {
      publish: (event) => {
        for (const listener of listeners) listener(event);
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const pass: Gate = { judge: () => ({ decision: 'pass', findings: [] }) };
    const keeper = createLibraryKeeper({
      ledger: options.source ?? ledger,
      clock,
      log: createLogger('fatal'),
      bus,
      make: (scripts, gate) => ({ scripts, gate }) as ShopLibrary,
      gateWith: options.gateWith ?? (() => pass),
      understandWith: () => ({
        analyse: () => {
          throw new Error('nothing is read here');
        },
      }),
      compareEveryMs: options.compareEveryMs ?? null,
    });
    return { keeper, clock, bus };
  }

  const versionIn = async (keeper: LibraryKeeper) =>
    (await keeper.of(SHOP)).scripts.find((script) => script.id === id)?.version;

  it('reads again when it is told', async () => {
    await save(version(id, 1));
    const { keeper, bus } = openNode();
    expect(await versionIn(keeper)).toBe(1);
    await save(version(id, 1, {}, 'retired'), version(id, 2));
    expect(await versionIn(keeper)).toBe(1);
    const changed: string[] = [];
    keeper.onChanged((shopId) => changed.push(shopId));
    bus.publish({ type: 'library.changed', shopId: SHOP });
    expect(await versionIn(keeper)).toBe(2);
    expect(changed).toEqual([SHOP]);
    keeper.close();
  });

  it('finds out by itself when the notice was lost', async () => {
    await save(version(id, 1));
    const { keeper } = openNode({ compareEveryMs: 20 });
    expect(await versionIn(keeper)).toBe(1);
    await save(version(id, 1, {}, 'retired'));
    await expect.poll(() => versionIn(keeper)).toBeUndefined();
    keeper.close();
  });

  it('drops what runs out at its millisecond, without being told', async () => {
    await save(version(id, 1, { expiresAt: NOW + HOUR }));
    const { keeper, clock } = openNode();
    clock.advance(HOUR - 1);
    expect(await versionIn(keeper)).toBe(1);
    clock.advance(1);
    expect(await versionIn(keeper)).toBeUndefined();
    keeper.close();
  });

  it('keeps the very same script objects while they stand: what was prepared for them stays prepared', async () => {
    await save(version(id, 1));
    const { keeper } = openNode();
    const find = async () => (await keeper.of(SHOP)).scripts.find((script) => script.id === id);
    const before = await find();
    await save(version(`${id}-other`, 1));
    await keeper.refresh(SHOP);
    expect(await find()).toBe(before);
    keeper.close();
  });

  it('says what it said last while the record cannot be read', async () => {
    await save(version(id, 1));
    let broken = false;
    const source: Ledger = {
      ...ledger,
      scripts: {
        ...ledger.scripts,
        state: (shopId) => (broken ? Promise.reject(new Error('gone')) : ledger.scripts.state(shopId)),
      },
    };
    const { keeper, bus } = openNode({ source });
    expect(await versionIn(keeper)).toBe(1);
    await save(version(id, 1, {}, 'retired'), version(id, 2));
    broken = true;
    await expect(keeper.refresh(SHOP)).rejects.toThrow('gone');
    expect(await versionIn(keeper)).toBe(1);
    broken = false;
    bus.publish({ type: 'library.changed', shopId: SHOP });
    expect(await versionIn(keeper)).toBe(2);
    keeper.close();
  });

  it('keeps the last good gate when rules in the record cannot be used', async () => {
    await save(version(id, 1));
    const rules = (number: number, word: string) => ({
      version: number,
      rules: { word },
      author: { id: 'agt_1', name: '主管' },
      at: NOW,
      note: '',
    });
    const gates: unknown[] = [];
    const gateWith = (raw: unknown): Gate => {
      if ((raw as { word?: string } | undefined)?.word === 'broken') throw new Error('cannot be used');
      gates.push(raw);
      return { judge: () => ({ decision: 'warn', findings: [] }) };
    };
    const { keeper } = openNode({ gateWith });
    const newest = (await ledger.gateRules.versions(SHOP, 1))[0]?.version ?? 0;
    await ledger.transaction(async (stores) => {
      await stores.scripts.begin(SHOP);
      await stores.gateRules.add(SHOP, rules(newest + 1, 'good'));
    });
    const { gate } = await keeper.of(SHOP);
    await ledger.transaction(async (stores) => {
      await stores.scripts.begin(SHOP);
      await stores.gateRules.add(SHOP, rules(newest + 2, 'broken'));
    });
    await keeper.refresh(SHOP);
    expect((await keeper.of(SHOP)).gate).toBe(gate);
    expect(gates).toEqual([{ word: 'good' }]);
    keeper.close();
  });
});
