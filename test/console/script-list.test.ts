import { describe, expect, it } from 'vitest';
import { firstAddress, readAddress, writeAddress } from '../../src/console/library/address.ts';
import { endOfDay, expiresSoon, lastDayOf } from '../../src/console/library/scripts/expiry.ts';
import {
  beginList,
  decidable,
  entryAt,
  type ListAction,
  missingPages,
  PAGE_SIZE,
  placeOf,
  reduceList,
} from '../../src/console/library/scripts/list-state.ts';
import { approvedOf, openOf, versionState, writtenOf } from '../../src/console/library/scripts/version-state.ts';
import { scrollTo, visibleRows } from '../../src/console/library/scripts/visible-rows.ts';
import { entry, libraryDetail, listPage, openWork, scriptBody, scriptVersion } from './library-examples.ts';

const query = { state: 'all', q: '' } as const;
const DAY_MS = 86_400_000;

function page(number: number, total = 10_000) {
  const first = number * PAGE_SIZE;
  return listPage(
    Array.from({ length: Math.min(PAGE_SIZE, total - first) }, (_, i) => entry(first + i)),
    total,
  );
}

describe('the list of scripts', () => {
  const loaded = (number: number, list = page(number), generation = 0): ListAction => ({
    type: 'loaded',
    page: number,
    generation,
    query,
    list,
  });
  const act = (...actions: ListAction[]) => actions.reduce(reduceList, beginList(query));

  it('of ten thousand is held in the pieces that were looked at', () => {
    const list = act(loaded(0), loaded(57));
    expect(entryAt(list, 5_723)?.scriptId).toBe('SHOP-5723');
    expect(entryAt(list, 200)).toBeUndefined();
    expect(placeOf(list, 'SHOP-5723')).toBe(5_723);
    expect(missingPages(list, 5_690, 5_810)).toEqual([56, 58]);
  });

  it('asks again for what may be out of date, and shows it meanwhile', () => {
    const list = act(loaded(0), { type: 'outdated' });
    expect(missingPages(list, 0, 20)).toEqual([0]);
    expect(entryAt(list, 3)?.scriptId).toBe('SHOP-3');
  });

  it('forgets what is behind its new end', () => {
    const list = act(loaded(0), loaded(99), { type: 'outdated' }, loaded(0, page(0, 150), 1));
    expect(entryAt(list, 9_950)).toBeUndefined();
    expect(list.head?.total).toBe(150);
  });

  it('does not take the answer to an earlier question', () => {
    const list = act({ type: 'asked', query: { state: 'draft', q: '' } }, loaded(0));
    expect(list.head).toBeUndefined();
  });

  it('ticks one, a range, and takes a tick back', () => {
    const ids = (...actions: ListAction[]) => [...act(loaded(0), ...actions).ticked.keys()];
    expect(ids({ type: 'ticked', at: 4 }, { type: 'tickedTo', at: 2 })).toEqual(['SHOP-4', 'SHOP-2', 'SHOP-3']);
    expect(ids({ type: 'ticked', at: 4 }, { type: 'ticked', at: 4 })).toEqual([]);
    expect(ids({ type: 'ticked', at: PAGE_SIZE })).toEqual([]);
  });

  it('decides on what is ticked as it was last seen', () => {
    const before = listPage([
      entry(1, { open: openWork('draft', 1) }),
      entry(2, { open: openWork('in_review', 5) }),
      entry(3),
    ]);
    const after = listPage([entry(1, { open: openWork('draft', 2) })], 3);
    const list = act(loaded(0, before), { type: 'tickedAll', entries: before.entries }, loaded(0, after));
    expect(decidable(list.ticked.values(), 'submit')).toEqual([{ scriptId: 'SHOP-1', revision: 2 }]);
    expect(decidable(list.ticked.values(), 'approve')).toEqual([
      { scriptId: 'SHOP-1', revision: 2 },
      { scriptId: 'SHOP-2', revision: 5 },
    ]);
  });
});

describe('rows in sight', () => {
  it.each([
    [0, 600, 10_000, { from: 0, to: 20 }],
    [50_000, 600, 10_000, { from: 992, to: 1020 }],
    [0, 600, 3, { from: 0, to: 3 }],
    [5_000, 600, 3, { from: 3, to: 3 }],
  ])('scrolled to %i in %i of %i rows', (top, height, total, rows) => {
    expect(visibleRows(top, height, 50, total)).toEqual(rows);
  });

  it.each([
    [3, undefined],
    [1, 50],
    [14, 150],
  ])('row %i is brought into sight at %j', (at, top) => {
    expect(scrollTo(at, 100, 600, 50)).toBe(top);
  });
});

describe('a place on the pages', () => {
  it.each([
    [firstAddress, '#/scripts'],
    [{ ...firstAddress, scriptId: 'SCR-30', state: 'in_review' as const }, '#/scripts/SCR-30?state=in_review'],
    [{ ...firstAddress, scriptId: 'SCR-30-a', doing: 'edit' as const }, '#/scripts/SCR-30-a/edit'],
    [{ ...firstAddress, doing: 'create' as const }, '#/scripts/new'],
    [{ ...firstAddress, page: 'rules' as const }, '#/rules'],
  ])('%j is written %s and read again', (address, hash) => {
    expect(writeAddress(address)).toBe(hash);
    expect(readAddress(hash)).toEqual(address);
  });

  it.each(['', '#', '#/nowhere', '#/scripts?state=nonsense', '#/scripts/%E0%A4%A'])(
    '%j leads to the scripts',
    (hash) => {
      expect(readAddress(hash)).toMatchObject({ page: 'scripts', doing: 'read', state: 'all' });
    },
  );
});

describe('the end of a script', () => {
  it('is the end of the day that was chosen', () => {
    const end = endOfDay('2026-12-31')!;
    expect(new Date(end).getTime()).toBe(new Date(2027, 0, 1).getTime());
    expect(lastDayOf(end)).toBe('2026-12-31');
  });

  it.each(['', '2026', 'tomorrow'])('%j is no day', (day) => {
    expect(endOfDay(day)).toBeUndefined();
  });

  it.each([
    [undefined, false],
    [DAY_MS, true],
    [8 * DAY_MS, false],
    [-1, false],
  ])('in %j ms is near: %s', (inMs, near) => {
    expect(expiresSoon(inMs === undefined ? undefined : 5000 + inMs, 5000)).toBe(near);
  });
});

describe('a version', () => {
  it.each([
    [scriptVersion(1, 'draft'), 'draft'],
    [scriptVersion(1, 'in_review'), 'in_review'],
    [scriptVersion(1, 'approved'), 'in_force'],
    [scriptVersion(1, 'approved', { expiresAt: 500 }), 'expired'],
    [scriptVersion(1, 'approved', { expiresAt: 2000 }), 'in_force'],
    [scriptVersion(1, 'retired', { approvedOnce: true }), 'replaced'],
    [scriptVersion(1, 'retired'), 'discarded'],
  ] as const)('is to its readers what it is', (version, state) => {
    expect(versionState(version, 1000)).toBe(state);
  });

  it('under work and in force are found among the others', () => {
    const detail = libraryDetail([
      scriptVersion(3, 'in_review'),
      scriptVersion(2, 'approved'),
      scriptVersion(1, 'retired'),
    ]);
    expect([openOf(detail)?.script.version, approvedOf(detail)?.script.version]).toEqual([3, 2]);
    expect(writtenOf(detail.versions[0]!)).toEqual(scriptBody(['第 3 版']));
  });
});
