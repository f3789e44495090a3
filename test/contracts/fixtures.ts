/** Records for the contract suites. Two shops use the same ids on purpose: nothing may leak from one to the other. */
import type { AnalysedTurn, IncomingMessage, OutgoingMessage } from '../../src/conversations/ports.ts';
import type { Buyer, Shop } from '../../src/desk/ports.ts';
import { ShopSettingsSchema } from '../../src/desk/shop-settings.ts';
import type { FollowUp } from '../../src/followups/store.ts';
import type { Order } from '../../src/orders/ports.ts';
import type { SuggestionSet } from '../../src/protocol/records.ts';
import type { Analysis, Profile, Proposal } from '../../src/protocol/turn.ts';
import type { Ledger } from '../../src/turn/ports.ts';

/** 2027-03-01 10:00 in Shanghai. */
export const NOW = Date.UTC(2027, 2, 1, 2);
export const SHOP = 'shp_one';
export const OTHER_SHOP = 'shp_two';
export const SHOPS = [SHOP, OTHER_SHOP] as const;
export const BUYER = 'byr_1';
export const CONVERSATION = 'cnv_1';
export const AGENT = 'agt_1';

export function makeShop(id: string): Shop {
  return { id, name: `name of ${id}`, tz: 'Asia/Shanghai', epoch: 'e1', settings: ShopSettingsSchema.parse({}) };
}

export function makeBuyer(shopId: string, id = BUYER): Buyer {
  return {
    shopId,
    id,
    channel: 'web',
    externalId: `visitor ${id}`,
    name: `${id} of ${shopId}`,
    tz: null,
    facts: { tier: 'V1' },
    profile: null,
    consent: {},
    optedOut: 'none',
    readAt: NOW,
  };
}

export function makeOrder(shopId: string, id: string, changes: Partial<Order> = {}): Order {
  return {
    shopId,
    id,
    buyerId: BUYER,
    state: 'unpaid',
    amountFen: 12_900,
    facts: { id, state: 'unpaid' },
    refund: null,
    afterChat: false,
    placedAt: NOW,
    paidAt: null,
    autoCloseAt: null,
    closedAt: null,
    readAt: NOW,
    ...changes,
  };
}

/** A planned row of a buyer: the first reminder of an order. */
export function makeFollowUp(buyerId: string, changes: Partial<FollowUp> = {}): FollowUp {
  return {
    id: `fup_${buyerId}`,
    rule: 'FU-01',
    subjectKind: 'order',
    subjectId: `ord-${buyerId}`,
    buyerId,
    orderId: `ord-${buyerId}`,
    conversationId: null,
    touch: 1,
    revision: 1,
    status: 'planned',
    plannedAtMs: NOW,
    scheduledAtMs: NOW + 1000,
    dueAtMs: NOW + 1000,
    claimedAtMs: null,
    mode: null,
    reason: null,
    endedAtMs: null,
    story: [{ atMs: NOW, step: 'planned', because: 'order.created' }],
    ...changes,
  };
}

let serial = 0;

/** A buyer's message with a key and an id of its own. */
export function incoming(changes: Partial<IncomingMessage> = {}): IncomingMessage {
  serial++;
  return {
    shopId: SHOP,
    conversationId: CONVERSATION,
    channel: 'web',
    key: `key-${serial}`,
    messageId: `msg_in_${serial}`,
    text: `question ${serial}`,
    sentAt: NOW + serial,
    ...changes,
  };
}

/** A reply, of a person unless said otherwise, with a key and an id of its own. */
export function outgoing(changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  serial++;
  return {
    shopId: SHOP,
    conversationId: CONVERSATION,
    scope: `agent:${AGENT}`,
    key: `cmd-${serial}`,
    messageId: `msg_out_${serial}`,
    from: 'agent',
    text: `answer ${serial}`,
    sentAt: NOW + serial,
    ...(changes.from === 'auto' ? {} : { agentId: AGENT }),
    ...changes,
  };
}

export const ANALYSIS: Analysis = {
  intents: [{ intent: 'INT-PRE-01', confidence: 0.8, evidence: ['多大'] }],
  held: ['INT-PRE-01'],
  outOfScope: 0,
  abstained: false,
  entities: [],
  mood: 'calm',
  language: 'zh-Hans',
  model: 'test-model',
};

export const PROFILE: Profile = { types: { 'BT-1': 0.6 }, top: 'BT-1', segments: [], evidence: [] };

export const PROPOSAL: Proposal = {
  scriptId: 'scr-05-greet',
  card: 'SCR-05',
  version: 3,
  variant: 0,
  text: '您好，在的',
  intents: ['INT-PRE-01'],
  slots: [],
  guards: [],
  score: 0.7,
  reasons: ['fits the question'],
};

/** Suggestions for the message at `seq`. */
export function suggestionsFor(seq: number, changes: Partial<SuggestionSet> = {}): SuggestionSet {
  serial++;
  return {
    id: `sug_${serial}`,
    conversationId: CONVERSATION,
    seq,
    state: 'live',
    proposals: [PROPOSAL],
    hidden: [],
    ...changes,
  };
}

/** The outcome of analysing the message at `seq`. */
export function analysed(seq: number, changes: Partial<AnalysedTurn> = {}): AnalysedTurn {
  return {
    shopId: SHOP,
    conversationId: CONVERSATION,
    seq,
    analysis: ANALYSIS,
    profile: PROFILE,
    buyerId: BUYER,
    profileState: { seen: seq },
    suggestions: suggestionsFor(seq),
    state: { profile: PROFILE },
    at: NOW + seq,
    ...changes,
  };
}

/** Two shops, each with a buyer, an agent and an open conversation under the same ids. */
export async function seedShops(ledger: Ledger): Promise<void> {
  for (const shopId of SHOPS) {
    await ledger.people.saveShop(makeShop(shopId), NOW);
    await ledger.people.saveBuyer(makeBuyer(shopId), NOW);
    await ledger.people.saveAgent(
      {
        shopId,
        id: AGENT,
        login: 'agent',
        name: `agent of ${shopId}`,
        title: '客服',
        role: 'agent',
        passwordHash: `hash of ${shopId}`,
      },
      NOW,
    );
    await ledger.conversations.open(shopId, BUYER, 'web', CONVERSATION, NOW);
  }
}

/** A person's reply, recorded as the flow does it: the conversation is locked first. */
export async function reply(ledger: Ledger, changes: Partial<OutgoingMessage> = {}) {
  const message = outgoing(changes);
  return await ledger.transaction(async (stores) => {
    await stores.conversations.lock(message.shopId, message.conversationId);
    return await stores.conversations.appendReply(message);
  });
}

/** Numbers from 1 to `n`. */
export function upTo(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1);
}
