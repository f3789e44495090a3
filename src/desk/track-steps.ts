/**
 * Where a return or a refund stands: the steps of the return procedure and of the three refund chains, read from the
 * facts alone, so that they can be made again at any moment from records and feed.
 *
 * @see RP-1 … RP-7, RF-1 … RF-3 (domain 04, 4.6 and 4.7)
 */
import type { ProcedureView, RecordGroup, Steps, StepView } from '../protocol/desk-records.ts';
import type { CaseKind, Facts } from '../protocol/facts.ts';

/** What the steps are read from. */
export interface StepSources {
  facts: Pick<Facts, 'case' | 'refund' | 'order' | 'warehouse'>;
  steps: Steps;
  /** The return parcel was at the warehouse. */
  returned: boolean;
  /** It was inspected there: fine or not; absent: not inspected. */
  sound?: boolean;
  /** The order's flag. */
  flag?: string;
}

/** A step before its place in the chain is known. */
interface Draft {
  id: string;
  done: boolean;
  skipped?: boolean;
  who: StepView['who'];
  missing?: string[];
  quick?: StepView['quick'];
  cards?: string[];
}

/** Kinds whose claim is proven by pictures, and the card that asks for them. @see RP-1 */
const EVIDENCE_CARDS: Partial<Record<CaseKind, string>> = {
  quality: 'SCR-101',
  not_as_described: 'SCR-101',
  damaged: 'SCR-115',
  wrong: 'SCR-111',
  missing: 'SCR-112',
};
/** Kinds that the wrong-shipment register is for. @see RP-5, REC-03 */
const REGISTERED: readonly (CaseKind | undefined)[] = ['wrong', 'missing', 'surplus'];
/** Kinds that the people who make the goods must hear of. @see RP-6, REC-08 */
const REPORTED: readonly (CaseKind | undefined)[] = ['quality', 'not_as_described'];

/** Procedures under way; none while there is no case and no refund. */
export function trackSteps(sources: StepSources): ProcedureView[] {
  const { case: kase, refund } = sources.facts;
  const procedures: ProcedureView[] = [];
  const open = kase?.open === true;
  const applied = refund?.state !== undefined && refund.state !== 'none';
  const chain = refund?.type ?? (open || applied ? guessChain(sources) : undefined);
  if (open && chain !== 'unshipped' && chain !== 'partial') procedures.push(inOrder('RP', returnProcedure(sources)));
  if (chain === 'return' && (applied || kase?.returnAgreed === true)) {
    procedures.push(inOrder('RF-1', refundWithReturn(sources)));
  }
  if (chain === 'partial') procedures.push(inOrder('RF-2', partialRefund(sources)));
  if (chain === 'unshipped') procedures.push(inOrder('RF-3', unshippedRefund(sources)));
  return procedures;
}

/** Cards of the next line: the return procedure's, which leads its refund chain, else the chains'. */
export function nextCards(procedures: readonly ProcedureView[]): string[] {
  const leading = procedures.filter(({ id }) => id === 'RP');
  const speaking = leading.some(({ steps }) => steps.some(isOpen)) ? leading : procedures;
  return [...new Set(speaking.flatMap(({ steps }) => steps.flatMap(({ cards }) => cards)))];
}

function isOpen({ state }: StepView): boolean {
  return state === 'next' || state === 'later';
}

/** By the state of the goods, where the form does not say what it is. */
function guessChain({ facts }: StepSources): 'return' | 'partial' | 'unshipped' | undefined {
  const state = facts.order?.state;
  if (state === 'paid' || state === 'printed') return 'unshipped';
  if (facts.case?.kind === 'price_drop') return 'partial';
  return state === undefined || state === 'unpaid' || state === 'closed' ? undefined : 'return';
}

/** Steps before the first that is not done are done or skipped; behind it, what is not done comes later. */
function inOrder(id: ProcedureView['id'], drafts: readonly Draft[]): ProcedureView {
  const isOpenDraft = (draft: Draft) => !draft.done && draft.skipped !== true;
  const at = drafts.findIndex(isOpenDraft);
  // Office work holds up no line to the buyer.
  const spoken = drafts.findIndex((draft) => isOpenDraft(draft) && !SIDE_STEPS.includes(draft.id));
  return {
    id,
    steps: drafts.map(({ id: stepId, done, skipped, who, missing = [], quick = [], cards = [] }, index) => {
      const state = skipped ? 'skipped' : done ? 'done' : index === at ? 'next' : 'later';
      const isNext = state === 'next';
      return {
        id: stepId,
        state,
        who,
        missing: isNext ? missing : [],
        quick: isNext || (state === 'later' && SIDE_STEPS.includes(stepId)) ? quick : [],
        cards: index === spoken ? cards : [],
      };
    }),
  };
}

/** Office work that waits for nobody: it may be done at any time after the agreement. */
const SIDE_STEPS = ['RP-4', 'RP-5', 'RP-6'];

const quick = (name: string, group: RecordGroup, value: Record<string, unknown>) => ({ name, group, value });

function returnProcedure(sources: StepSources): Draft[] {
  const { facts, steps, flag } = sources;
  const kase = facts.case!;
  const { kind } = kase;
  const agreed = kase.returnAgreed === true;
  const settled = agreed || kase.decision !== undefined || kase.remedy !== undefined;
  const completed = facts.order?.completedAt !== undefined || facts.order?.state === 'completed';
  const extended = kase.tradeExtended === true || completed;
  return [
    evidenceStep(sources),
    {
      id: 'RP-2',
      done: agreed && extended && (completed || steps.extensionTold === true || steps.addressSent === true),
      ...agreement(sources, extended),
    },
    {
      id: 'RP-3',
      done: steps.addressSent === true,
      skipped: !agreed && settled,
      who: 'agent',
      cards: agreed && extended ? ['SCR-103'] : [],
    },
    {
      id: 'RP-4',
      done: steps.noted === true || flag === 'blue',
      who: 'agent',
      missing: ['order.notes'],
      quick: [quick('noted', 'steps', { noted: true })],
    },
    {
      id: 'RP-5',
      done: steps.registered === true,
      skipped: !REGISTERED.includes(kind) || kase.fault === 'buyer' || kase.fault === 'courier',
      who: 'agent',
      missing: ['steps.registered'],
      quick: [quick('registered', 'steps', { registered: true })],
    },
    {
      id: 'RP-6',
      done: steps.reported === true,
      skipped: !REPORTED.includes(kind) || kase.fault === 'buyer',
      who: 'agent',
      missing: ['steps.reported'],
      quick: [quick('reported', 'steps', { reported: true })],
    },
    { id: 'RP-7', done: facts.refund?.state === 'refunded', skipped: !agreed && settled, ...goodsBack(sources) },
  ];
}

/** Photo first, then handle. @see RP-1 */
function evidenceStep({ facts, steps }: StepSources): Draft {
  const kase = facts.case!;
  const card = kase.kind === undefined ? undefined : EVIDENCE_CARDS[kase.kind];
  const came = (kase.photos ?? []).length > 0;
  const step = { id: 'RP-1', done: kase.photosVerified === true, skipped: card === undefined };
  if (kase.photosImpossible === true) {
    return { ...step, done: step.done || kase.returnAgreed === true, who: 'agent', cards: ['SCR-117'] };
  }
  if (came) {
    return {
      ...step,
      who: 'agent',
      missing: ['case.photosVerified'],
      quick: [quick('photosVerified', 'case', { photosVerified: true })],
    };
  }
  return {
    ...step,
    who: steps.photosAsked === true ? 'buyer' : 'agent',
    missing: ['case.photos'],
    quick: [quick('photosImpossible', 'case', { photosImpossible: true })],
    cards: steps.photosAsked === true || card === undefined ? [] : [card],
  };
}

/** Who is responsible, who pays the way back, that the return is agreed, and ten days more. @see RP-2 */
function agreement({ facts, steps }: StepSources, extended: boolean): Omit<Draft, 'id' | 'done'> {
  const kase = facts.case!;
  const who = 'agent';
  if (kase.fault === undefined || kase.fault === 'unknown') {
    const faults = (['shop', 'courier', 'buyer'] as const).map((fault) => quick(`fault.${fault}`, 'case', { fault }));
    return { who, missing: ['case.fault'], quick: faults };
  }
  if (kase.returnAgreed !== true) {
    const bearer = kase.postageBearer ?? (kase.fault === 'buyer' ? 'buyer' : 'shop');
    const offers = (kase.options ?? []).length >= 2 && steps.remediesOffered !== true;
    return {
      who,
      missing: ['case.returnAgreed'],
      quick: [quick(`returnAgreed.${bearer}`, 'case', { returnAgreed: true, postageBearer: bearer })],
      cards: offers ? ['SCR-116', 'SCR-130'] : [],
    };
  }
  if (kase.postageBearer === undefined) {
    const bearers = (['shop', 'buyer'] as const).map((one) => quick(`bearer.${one}`, 'case', { postageBearer: one }));
    return { who, missing: ['case.postageBearer'], quick: bearers };
  }
  if (!extended) {
    return {
      who,
      missing: ['case.tradeExtended'],
      quick: [quick('tradeExtended', 'case', { tradeExtended: true })],
    };
  }
  return {
    who,
    missing: facts.order?.tradeDeadline === undefined ? ['order.tradeDeadline'] : [],
    quick: [quick('extensionTold', 'steps', { extensionTold: true })],
    // The address may go at once where the new deadline is not known.
    cards: ['SCR-110', 'SCR-103'],
  };
}

/** Goods back first, then the money. @see RP-7, RF-1 */
function goodsBack(sources: StepSources): Omit<Draft, 'id' | 'done'> {
  const next = refundWithReturn(sources).find((draft) => !draft.done && draft.skipped !== true);
  if (!next) return { who: 'agent' };
  const { id: _id, done: _done, ...rest } = next;
  return rest;
}

function refundWithReturn({ facts, steps, returned, sound }: StepSources): Draft[] {
  const { refund } = facts;
  const state = refund?.state ?? 'none';
  const reached = (...states: string[]) => states.includes(state);
  const entered = typeof refund?.trackingNo === 'string' || reached('return_shipped', 'refunded');
  const inspected = steps.inspected === true || sound !== undefined || reached('refunded');
  return [
    closedOr(state, {
      id: 'RF-1.1',
      done: reached('wait_seller_agree', 'wait_buyer_return', 'return_shipped', 'refunded'),
      who: 'buyer',
      missing: ['refund.state'],
      cards: steps.applicationExplained ? [] : ['SCR-104', 'SCR-120'],
    }),
    {
      id: 'RF-1.2',
      done: reached('wait_buyer_return', 'return_shipped', 'refunded'),
      who: 'agent',
      missing: ['refund.state'],
    },
    {
      id: 'RF-1.3',
      done: entered,
      who: 'buyer',
      missing: ['refund.trackingNo'],
      cards: steps.numberExplained ? ['SCR-106'] : ['SCR-105'],
    },
    {
      id: 'RF-1.4',
      done: inspected,
      who: returned ? 'warehouse' : 'courier',
      missing: [returned ? 'steps.inspected' : 'return.arrivedAt'],
      quick: [quick('inspected', 'steps', { inspected: true })],
    },
    { id: 'RF-1.5', done: reached('refunded'), who: 'agent', missing: ['refund.state'] },
    told(state, steps, 'RF-1.6'),
  ];
}

function partialRefund({ facts, steps }: StepSources): Draft[] {
  const { refund } = facts;
  const state = refund?.state ?? 'none';
  const known = refund?.amount !== undefined && refund.approved === true && refund.formType !== undefined;
  const applied = state !== 'none' && state !== 'closed';
  return [
    {
      id: 'RF-2.1',
      done: known || state === 'refunded',
      who: refund?.amount !== undefined && refund.approved !== true ? 'supervisor' : 'agent',
      missing: [
        ...(refund?.amount === undefined ? ['refund.amount'] : []),
        ...(refund?.formType === undefined ? ['refund.formType'] : []),
        ...(refund?.approved === true ? [] : ['refund.approved']),
      ],
      quick: [
        ...(refund?.formType === undefined
          ? (['to_seller', 'to_buyer'] as const).map((one) => quick(`formType.${one}`, 'refund', { formType: one }))
          : []),
        ...(refund?.amount === undefined || refund.approved === true
          ? []
          : [quick('approved', 'refund', { approved: true })]),
      ],
    },
    closedOr(state, {
      id: 'RF-2.2',
      done: applied,
      who: 'buyer',
      missing: ['refund.state'],
      cards: steps.applicationExplained ? [] : ['SCR-121'],
    }),
    { id: 'RF-2.3', done: state === 'refunded', who: 'finance', missing: ['refund.state'] },
    told(state, steps, 'RF-2.4'),
  ];
}

function unshippedRefund({ facts, steps }: StepSources): Draft[] {
  const { refund, warehouse } = facts;
  const state = refund?.state ?? 'none';
  const applied = state !== 'none' && state !== 'closed';
  return [
    closedOr(state, {
      id: 'RF-3.1',
      done: applied,
      who: 'buyer',
      missing: ['refund.state'],
      cards: steps.applicationExplained ? [] : ['SCR-122'],
    }),
    {
      id: 'RF-3.2',
      done: warehouse?.checkedAt !== undefined || state === 'refunded',
      who: 'warehouse',
      missing: ['warehouse.checkedAt'],
      quick: [quick('warehouseChecked', 'warehouse', { checkedAt: 'now' })],
      cards: ['SCR-123'],
    },
    { id: 'RF-3.3', done: state === 'refunded', who: 'agent', missing: ['refund.state'] },
    told(state, steps, 'RF-3.4'),
  ];
}

/** A form that was closed is opened again first. @see SCR-125 */
function closedOr(state: string, draft: Draft): Draft {
  return state === 'closed' ? { ...draft, done: false, cards: ['SCR-125'] } : draft;
}

/** The last line of every chain: the money is on its way. */
function told(state: string, steps: Steps, id: string): Draft {
  return {
    id,
    done: steps.refundTold === true,
    who: 'agent',
    cards: state === 'refunded' ? ['SCR-131'] : [],
    quick: [quick('refundTold', 'steps', { refundTold: true })],
  };
}

/** What a sent card does to the steps; `undefined`: nothing. */
export function stepsAfterCard(card: string, facts: StepSources['facts']): Steps | undefined {
  if (card === 'SCR-131') return facts.refund?.state === 'refunded' ? { refundTold: true } : undefined;
  return STEPS_BY_CARD[card];
}

const STEPS_BY_CARD: Readonly<Record<string, Steps>> = {
  'SCR-101': { photosAsked: true },
  'SCR-111': { photosAsked: true },
  'SCR-112': { photosAsked: true },
  'SCR-115': { photosAsked: true },
  'SCR-103': { addressSent: true },
  'SCR-104': { applicationExplained: true },
  'SCR-105': { numberExplained: true },
  'SCR-110': { extensionTold: true },
  'SCR-116': { remediesOffered: true },
  'SCR-120': { applicationExplained: true },
  'SCR-121': { applicationExplained: true },
  'SCR-122': { applicationExplained: true },
  'SCR-130': { remediesOffered: true },
};
