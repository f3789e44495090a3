/** Records for the tests of the pages. */
import type { ConversationDetail, ConversationSummary, Message, SuggestionSet } from '../../src/protocol/records.ts';
import type { Analysis, Proposal } from '../../src/protocol/turn.ts';

/** A message of conversation `c1`. */
export function message(seq: number, text = `text ${seq}`, change: Partial<Message> = {}): Message {
  return { id: `m${seq}`, conversationId: 'c1', seq, from: 'buyer', text, sentAt: seq * 1000, ...change };
}

/** An open conversation. */
export function conversation(id: string, change: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id,
    buyerId: `buyer of ${id}`,
    buyerName: id,
    channel: 'web',
    status: 'open',
    lastSeq: 1,
    unread: 0,
    changedAt: 1000,
    ...change,
  };
}

/** A proposal with nothing but a text. */
export function proposal(text: string): Proposal {
  return {
    scriptId: 'SCR-30',
    card: 'SCR-30',
    version: 1,
    variant: 0,
    text,
    intents: [],
    slots: [],
    guards: [],
    score: 1,
    reasons: [],
  };
}

/** Live suggestions for a message of `c1`. */
export function suggestions(id: string, seq: number, texts: string[] = ['one', 'two', 'three']): SuggestionSet {
  return { id, conversationId: 'c1', seq, state: 'live', proposals: texts.map(proposal), hidden: [] };
}

/** An analysis that understood nothing. */
export const analysis: Analysis = {
  intents: [],
  held: [],
  outOfScope: 0,
  abstained: true,
  entities: [],
  mood: 'calm',
  language: 'zh-Hans',
  model: 'none',
};

/** What the desk answers when `c1` is opened. */
export function detail(change: Partial<ConversationDetail> = {}): ConversationDetail {
  return {
    conversation: conversation('c1', { lastSeq: 2 }),
    messages: [message(1), message(2)],
    analyses: { 2: analysis },
    suggestions: suggestions('s1', 2),
    buyer: {
      id: 'buyer of c1',
      name: 'c1',
      tags: [],
      profile: { types: {}, top: 'unknown', segments: [], evidence: [] },
    },
    orders: [],
    followUps: [],
    corrections: [],
    ...change,
  };
}
