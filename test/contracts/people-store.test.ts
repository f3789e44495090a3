import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import { AGENT, BUYER, makeBuyer, makeShop, NOW, OTHER_SHOP, SHOP, seedShops, upTo } from './fixtures.ts';

describe.each(RECORD_ENGINES)('people store on %s', (engine) => {
  let record: TestRecord;
  let people: Ledger['people'];

  beforeAll(async () => {
    record = await openTestRecord(engine);
    people = record.ledger.people;
    await seedShops(record.ledger);
  });
  afterAll(() => record.close());

  describe('shops', () => {
    it('come back as they were saved, with the defaults of their settings', async () => {
      expect(await people.shop(SHOP)).toEqual(makeShop(SHOP));
      expect((await people.shops()).map((shop) => shop.id)).toEqual([SHOP, OTHER_SHOP]);
      expect(await people.shop('shp_nowhere')).toBeUndefined();
    });

    it('keep their epoch when they are saved again', async () => {
      const shop = { ...makeShop('shp_renamed'), name: 'before' };
      await people.saveShop(shop, NOW);
      await people.saveShop({ ...shop, name: 'after', epoch: 'e2' }, NOW + 1);
      expect(await people.shop('shp_renamed')).toMatchObject({ name: 'after', epoch: 'e1' });
    });
  });

  describe('agents', () => {
    it('sign in by the login of their own shop', async () => {
      expect(await people.agentByLogin(SHOP, 'agent')).toEqual({
        shopId: SHOP,
        id: AGENT,
        login: 'agent',
        name: `agent of ${SHOP}`,
        title: '客服',
        role: 'agent',
        passwordHash: `hash of ${SHOP}`,
      });
      expect((await people.agentByLogin(OTHER_SHOP, 'agent'))!.passwordHash).toBe(`hash of ${OTHER_SHOP}`);
      expect(await people.agentByLogin(SHOP, 'nobody')).toBeUndefined();
    });

    it('are listed without their password hash', async () => {
      const agents = await people.agents(SHOP);
      expect(agents.map((agent) => agent.name)).toEqual([`agent of ${SHOP}`]);
      expect(agents[0]).not.toHaveProperty('passwordHash');
    });

    it('cannot share a login within a shop', async () => {
      const twin = { shopId: SHOP, id: 'agt_twin', login: 'agent', name: '', title: '', role: 'agent' as const };
      await expect(people.saveAgent({ ...twin, passwordHash: 'x' }, NOW)).rejects.toThrow(/unique/);
    });
  });

  describe('sessions', () => {
    it('lead to their agent until they expire', async () => {
      await people.openSession(OTHER_SHOP, 'token-1', AGENT, NOW + 1000);
      expect(await people.agentBySession('token-1', NOW + 999)).toMatchObject({ shopId: OTHER_SHOP, id: AGENT });
      expect(await people.agentBySession('token-1', NOW + 1000)).toBeUndefined();
      expect(await people.agentBySession('token-2', NOW)).toBeUndefined();
    });

    it('end when they are closed', async () => {
      await people.openSession(SHOP, 'token-3', AGENT, NOW + 1000);
      await people.closeSession('token-3');
      expect(await people.agentBySession('token-3', NOW)).toBeUndefined();
    });
  });

  describe('buyers', () => {
    it('are one per channel and outside id: a second visit renews name and facts, and keeps the rest', async () => {
      const first = { ...makeBuyer(SHOP, 'byr_twice'), consent: { marketing: true } };
      await people.saveBuyer(first, NOW);
      await people.setOptOut(SHOP, 'byr_twice', 'reminders');
      await people.saveProfile(SHOP, 'byr_twice', { seen: 4 });
      const again = await people.saveBuyer(
        { ...first, id: 'byr_new_id', name: 'renamed', facts: { tier: 'V3' }, profile: null, readAt: NOW + 9 },
        NOW + 9,
      );
      expect(again).toEqual({
        ...first,
        name: 'renamed',
        facts: { tier: 'V3' },
        profile: { seen: 4 },
        optedOut: 'reminders',
        readAt: NOW + 9,
      });
      expect(await people.buyer(SHOP, 'byr_new_id')).toBeUndefined();
    });

    it('become one when two nodes meet them at once', async () => {
      const other = (await record.openNode()).ledger.people;
      const buyers = await Promise.all(
        upTo(10).map((i) =>
          (i % 2 ? people : other).saveBuyer({ ...makeBuyer(SHOP, `byr_race_${i}`), externalId: 'same visitor' }, NOW),
        ),
      );
      expect(new Set(buyers.map((buyer) => buyer.id)).size).toBe(1);
    });

    it('are listed up to a limit, first come first', async () => {
      await people.saveBuyer(makeBuyer('shp_renamed', 'byr_b'), NOW + 2);
      await people.saveBuyer(makeBuyer('shp_renamed', 'byr_a'), NOW + 1);
      expect((await people.buyers('shp_renamed', 10)).map((buyer) => buyer.id)).toEqual(['byr_a', 'byr_b']);
      expect(await people.buyers('shp_renamed', 1)).toHaveLength(1);
    });

    it('of two shops are two people', async () => {
      await people.setOptOut(SHOP, BUYER, 'all');
      await people.saveProfile(SHOP, BUYER, { mine: true });
      await people.pinType(SHOP, BUYER, 'BT-4');
      expect((await people.buyer(SHOP, BUYER))!.pinnedType).toBe('BT-4');
      await people.pinType(SHOP, BUYER, null);
      expect(await people.buyer(SHOP, BUYER)).not.toHaveProperty('pinnedType');
      expect(await people.buyer(OTHER_SHOP, BUYER)).toEqual(makeBuyer(OTHER_SHOP));
      expect((await people.buyer(SHOP, BUYER))!.optedOut).toBe('all');
    });
  });
});
