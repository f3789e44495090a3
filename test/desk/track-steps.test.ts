/** Steps of returns and refunds, read from facts alone. @see RP-1 … RP-7, RF-1 … RF-3 */
import { describe, expect, test } from 'vitest';
import { nextCards, type StepSources, trackSteps } from '../../src/desk/track-steps.ts';

type Case = NonNullable<StepSources['facts']['case']>;

function sources(
  given: { case?: Case | null; refund?: StepSources['facts']['refund']; state?: string; warehouse?: object },
  more: Partial<StepSources> = {},
): StepSources {
  const { state = 'signed', ...facts } = given;
  return {
    facts: { ...facts, order: { id: 'A1', state: state as 'signed' } } as StepSources['facts'],
    steps: {},
    returned: false,
    ...more,
  };
}

/** The step that comes next in a procedure, with what is missing. */
function next(of: StepSources, id: string) {
  const step = trackSteps(of)
    .find((one) => one.id === id)
    ?.steps.find(({ state }) => state === 'next');
  return step && { id: step.id, who: step.who, missing: step.missing, cards: step.cards };
}

const damaged = (more: Partial<Case> = {}): Case => ({ open: true, kind: 'damaged', ...more });
const verified = damaged({ photos: ['a'], photosVerified: true });
const agreed = damaged({ ...verified, fault: 'courier', returnAgreed: true, postageBearer: 'shop' });

describe('the return procedure', () => {
  test('is there while a case is open, and not for a partial or an unshipped refund', () => {
    expect(trackSteps(sources({}))).toEqual([]);
    expect(trackSteps(sources({ case: { open: false } }))).toEqual([]);
    expect(trackSteps(sources({ case: damaged() })).map(({ id }) => id)).toEqual(['RP']);
    expect(trackSteps(sources({ case: { open: true, kind: 'price_drop' } })).map(({ id }) => id)).toEqual(['RF-2']);
    expect(trackSteps(sources({ case: { open: true }, state: 'paid' })).map(({ id }) => id)).toEqual(['RF-3']);
  });

  test.each([
    ['asks for pictures first', sources({ case: damaged() }), { id: 'RP-1', who: 'agent', cards: ['SCR-115'] }],
    [
      'of a quality fault by its own card',
      sources({ case: damaged({ kind: 'quality' }) }),
      { id: 'RP-1', cards: ['SCR-101'] },
    ],
    [
      'waits for them once asked, and does not ask again',
      sources({ case: damaged() }, { steps: { photosAsked: true } }),
      { id: 'RP-1', who: 'buyer', missing: ['case.photos'], cards: [] },
    ],
    [
      'has a person look at them',
      sources({ case: damaged({ photos: ['a'] }) }),
      { id: 'RP-1', who: 'agent', missing: ['case.photosVerified'], cards: [] },
    ],
    [
      'asks for the goods where none can come',
      sources({ case: damaged({ photosImpossible: true }) }),
      { id: 'RP-1', cards: ['SCR-117'] },
    ],
    [
      'asks no pictures of a change of mind',
      sources({ case: damaged({ kind: 'no_reason' }) }),
      { id: 'RP-2', missing: ['case.fault'] },
    ],
    ['asks who is responsible', sources({ case: verified }), { id: 'RP-2', missing: ['case.fault'] }],
    [
      'offers remedies before the agreement',
      sources({ case: { ...verified, fault: 'shop', options: ['退货', '补偿'] } }),
      { id: 'RP-2', missing: ['case.returnAgreed'], cards: ['SCR-116', 'SCR-130'] },
    ],
    ['extends the trade', sources({ case: agreed }), { id: 'RP-2', missing: ['case.tradeExtended'] }],
    [
      'tells of it',
      sources({ case: { ...agreed, tradeExtended: true } }),
      { id: 'RP-2', cards: ['SCR-110', 'SCR-103'] },
    ],
    [
      'sends the address',
      sources({ case: { ...agreed, tradeExtended: true } }, { steps: { extensionTold: true } }),
      { id: 'RP-3', cards: ['SCR-103'] },
    ],
    [
      'extends nothing that is completed',
      sources({ case: agreed, state: 'completed' }),
      { id: 'RP-3', cards: ['SCR-103'] },
    ],
    [
      'is noted on the order',
      sources({ case: { ...agreed, tradeExtended: true } }, { steps: { addressSent: true } }),
      { id: 'RP-4', missing: ['order.notes'] },
    ],
    [
      'takes the blue flag for a note, and then waits for the goods',
      sources({ case: { ...agreed, tradeExtended: true } }, { steps: { addressSent: true }, flag: 'blue' }),
      { id: 'RP-7', who: 'buyer', cards: ['SCR-104', 'SCR-120'] },
    ],
  ])('%s', (_what, of, step) => {
    expect(next(of, 'RP')).toMatchObject(step);
  });

  test('registers what the shop sent wrong, and reports what was made wrong', () => {
    const states = (kind: Case['kind'], fault: Case['fault']) =>
      Object.fromEntries(
        trackSteps(sources({ case: { open: true, kind, fault } }))[0]!.steps.map(({ id, state }) => [id, state]),
      );
    expect(states('wrong', 'shop')).toMatchObject({ 'RP-5': 'later', 'RP-6': 'skipped' });
    expect(states('quality', 'shop')).toMatchObject({ 'RP-5': 'skipped', 'RP-6': 'later' });
    expect(states('no_reason', 'buyer')).toMatchObject({ 'RP-1': 'skipped', 'RP-5': 'skipped', 'RP-6': 'skipped' });
  });
});

describe('the refund chains', () => {
  const form = (state: string, more: object = {}) => ({ state, ...more }) as StepSources['facts']['refund'];

  test.each([
    ['applied', form('none', { type: 'return' }), {}, { id: 'RF-1.1', who: 'buyer', cards: ['SCR-104', 'SCR-120'] }],
    ['agreed', form('wait_seller_agree'), {}, { id: 'RF-1.2', who: 'agent', cards: [] }],
    [
      'the number',
      form('wait_buyer_return', { trackingNo: null }),
      {},
      { id: 'RF-1.3', who: 'buyer', cards: ['SCR-105'] },
    ],
    [
      'a reminder of it',
      form('wait_buyer_return', { trackingNo: null }),
      { steps: { numberExplained: true } },
      { id: 'RF-1.3', cards: ['SCR-106'] },
    ],
    ['the parcel', form('return_shipped'), {}, { id: 'RF-1.4', who: 'courier' }],
    [
      'the inspection',
      form('return_shipped'),
      { returned: true },
      { id: 'RF-1.4', who: 'warehouse', missing: ['steps.inspected'] },
    ],
    ['the confirmation', form('return_shipped'), { returned: true, sound: true }, { id: 'RF-1.5', who: 'agent' }],
    ['the news', form('refunded'), {}, { id: 'RF-1.6', cards: ['SCR-131'] }],
    ['a new form', form('closed'), {}, { id: 'RF-1.1', cards: ['SCR-125'] }],
  ])('RF-1 waits for %s', (_what, refund, more, step) => {
    const given =
      refund?.type === undefined && refund?.state !== 'none' ? { ...refund, type: 'return' as const } : refund;
    const of = sources(
      { refund: given, case: { open: true, returnAgreed: true, kind: 'no_reason', fault: 'buyer' } },
      more,
    );
    expect(next(of, 'RF-1')).toMatchObject(step);
  });

  test.each([
    [
      'the amount',
      form('none', { type: 'partial' }),
      { id: 'RF-2.1', who: 'agent', missing: ['refund.amount', 'refund.formType', 'refund.approved'] },
    ],
    [
      'the approval',
      form('none', { type: 'partial', amount: 50, formType: 'to_seller' }),
      { id: 'RF-2.1', who: 'supervisor' },
    ],
    [
      'the form, with the figure to type',
      form('none', { type: 'partial', amount: 10, formType: 'to_seller', approved: true }),
      { id: 'RF-2.2', who: 'buyer', cards: ['SCR-121'] },
    ],
    [
      'the confirmation',
      form('wait_seller_agree', { type: 'partial', amount: 10, formType: 'to_seller', approved: true }),
      { id: 'RF-2.3', who: 'finance' },
    ],
    ['the news', form('refunded', { type: 'partial' }), { id: 'RF-2.4', cards: ['SCR-131'] }],
  ])('RF-2 waits for %s', (_what, refund, step) => {
    expect(next(sources({ refund }), 'RF-2')).toMatchObject(step);
  });

  test.each([
    ['the form', form('none', { type: 'unshipped' }), {}, { id: 'RF-3.1', cards: ['SCR-122'] }],
    [
      'the warehouse',
      form('wait_seller_agree'),
      {},
      { id: 'RF-3.2', who: 'warehouse', missing: ['warehouse.checkedAt'] },
    ],
    [
      'the confirmation',
      form('wait_seller_agree'),
      { checkedAt: '2027-05-12T14:00:00+08:00' },
      { id: 'RF-3.3', who: 'agent' },
    ],
    ['the news', form('refunded', { type: 'unshipped' }), {}, { id: 'RF-3.4', cards: ['SCR-131'] }],
  ])('RF-3 waits for %s', (_what, refund, warehouse, step) => {
    expect(next(sources({ refund, state: 'paid', warehouse }), 'RF-3')).toMatchObject(step);
  });

  test('nothing is to be said where nothing is under way', () => {
    expect(nextCards(trackSteps(sources({})))).toEqual([]);
  });
});
