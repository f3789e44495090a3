import type { Facts } from '../../src/protocol/facts.ts';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import { type Script, ScriptSchema } from '../../src/protocol/script.ts';
import type { Analysis, Situation, Turn } from '../../src/protocol/turn.ts';
import { type Context, createContext } from '../../src/suggestions/context.ts';

export const NOW = '2027-09-14T14:00:00+08:00';

/** Facts of a shop with somebody on duty; `more` replaces whole groups. */
export function facts(more: Partial<Facts> = {}): Facts {
  return {
    now: NOW,
    shop: { name: '云上茶具', hours: '09:00-22:00', replyByHour: '11:00', authorityYuan: 20 },
    agent: { name: '阿岚', title: '茶具顾问', onDuty: true },
    buyer: { id: 'b9' },
    ...more,
  };
}

/** What an analyser might say: these intents, the first the surest. */
export function analysis(...intents: MessageIntent[]): Analysis {
  return {
    intents: intents.map((intent, i) => ({ intent, confidence: i === 0 ? 0.92 : 0.6, evidence: [] })),
    held: intents,
    outOfScope: 0.02,
    abstained: intents.length === 0,
    entities: [],
    mood: 'calm',
    language: 'zh-Hans',
    model: 'test',
  };
}

export interface SituationParts {
  facts?: Partial<Facts>;
  history?: Turn[];
  message?: string;
  intents?: MessageIntent[];
}

export function situation(parts: SituationParts = {}): Situation {
  return {
    facts: facts(parts.facts),
    history: parts.history ?? [],
    message: parts.message ?? '在吗',
    analysis: analysis(...(parts.intents ?? [])),
    mode: 'A',
  };
}

export function context(parts: SituationParts = {}): Context {
  return createContext(situation(parts));
}

/** A small approved script. */
export function script(card: string, text: string, more: Partial<Script> = {}): Script {
  return ScriptSchema.parse({
    id: card,
    card,
    code: `t${card.slice(4)}`,
    title: { zh: card, en: card },
    modes: ['A'],
    intents: [],
    stages: [],
    slots: [],
    guards: [],
    length: 'L2',
    variants: [{ text }],
    sources: ['test'],
    status: 'approved',
    version: 1,
    ...more,
  });
}
