import { BUYER_TYPES, type BuyerType } from '../protocol/ids.ts';
import type { Profile } from '../protocol/turn.ts';
import { findFeatures } from './features/all-features.ts';
import { viewOf } from './features/feature.ts';
import { findSegments } from './find-segments.ts';
import { learnManner } from './manner/learn-manner.ts';
import { type Circumstances, type MannerModel, weighMessage } from './manner/manner-model.ts';
import { replayLine } from './profile-line.ts';
import {
  createProfileState,
  type Finding,
  type MessageTrace,
  type OrderTrace,
  type ProfiledMessage,
  type ProfiledOrder,
  type ProfileState,
} from './profile-state.ts';
import { readAgentMessage, readBuyerMessage, readReview } from './read-cues.ts';
import type { ProfileLine } from './read-profiles-file.ts';
import { circumstancesOf, findTellingMessage, scoreBuyer } from './score-buyer.ts';
import { DEFAULT_PROFILER_SETTINGS, DEFAULT_THRESHOLDS, type ProfilerSettings, type Thresholds } from './settings.ts';

const MAX_MESSAGES = 80;
const MAX_ORDERS = 60;
const MAX_CHATS = 60;
/** Below this a hint is not worth an agent's eyes. */
const EVIDENCE_STRENGTH = 0.5;

/** Settings a shop may give; what is absent keeps its default. */
export type ProfilerOptions = Partial<Omit<ProfilerSettings, 'thresholds'>> & { thresholds?: Partial<Thresholds> };

/** Profiles buyers. Every function is pure: it returns a new state and leaves the old one as it was. */
export interface Profiler {
  start(): ProfileState;
  /** Takes in one message, in the order of time. */
  addMessage(state: ProfileState, message: ProfiledMessage): ProfileState;
  /** Takes in an order, new or changed; the id tells. */
  addOrder(state: ProfileState, order: ProfiledOrder): ProfileState;
  /** The agent's correction; `null` takes it back. @see BT-P2 */
  pinType(state: ProfileState, type: BuyerType | 'unknown' | null): ProfileState;
  profileOf(state: ProfileState, nowMs: number): Profile;
}

/** The settings, and the model of manner; without it the features alone decide. */
interface Means extends ProfilerSettings {
  manner?: MannerModel;
}

/** Creates a profiler: behaviour features, and the manner of talk learned from examples. */
export function createProfiler(options: ProfilerOptions = {}): Profiler {
  return createFrom({
    ...DEFAULT_PROFILER_SETTINGS,
    ...options,
    thresholds: { ...DEFAULT_THRESHOLDS, ...options.thresholds },
    manner: learnManner(exampleCircumstances),
  });
}

function exampleCircumstances(line: ProfileLine): Circumstances {
  const { state, endMs } = replayLine(line, createFrom(DEFAULT_PROFILER_SETTINGS));
  const view = viewOf(state.messages, state.orders, state.chatsEndedMs, endMs);
  return circumstancesOf(
    view,
    strongest(fade(findFeatures(view, DEFAULT_THRESHOLDS), endMs, DEFAULT_PROFILER_SETTINGS)),
  );
}

function createFrom(settings: Means): Profiler {
  return {
    start: createProfileState,
    addMessage: (state, message) => addMessage(state, message, settings),
    addOrder,
    pinType(state, type) {
      const { pinned: _, ...rest } = state;
      return type === null ? rest : { ...rest, pinned: type };
    },
    profileOf: (state, nowMs) => profileOf(state, nowMs, settings),
  };
}

function addMessage(state: ProfileState, message: ProfiledMessage, settings: Means): ProfileState {
  const speaker = message.from === 'buyer' ? 'buyer' : 'agent';
  const manner = settings.manner ? { manner: weighMessage(settings.manner, message.text, speaker) } : {};
  const trace: MessageTrace =
    message.from === 'buyer'
      ? { from: 'buyer', atMs: message.atMs, ...readBuyerMessage(message.text, message.intents), ...manner }
      : { from: 'agent', atMs: message.atMs, cues: readAgentMessage(message.text), ...manner };
  const last = state.messages.at(-1);
  if (last && message.atMs - last.atMs > settings.chatGapMs) return closeChat(state, trace, last.atMs, settings);
  return { ...state, messages: [...state.messages.slice(1 - MAX_MESSAGES), trace] };
}

/** Begins a new chat; what the old one showed is kept as findings. */
function closeChat(state: ProfileState, next: MessageTrace, endedMs: number, settings: ProfilerSettings): ProfileState {
  const view = viewOf(state.messages, state.orders, state.chatsEndedMs, endedMs);
  const shown = findFeatures(view, settings.thresholds).filter(({ basis }) => basis === 'chat');
  return {
    ...state,
    messages: [next],
    chatsEndedMs: [...state.chatsEndedMs, endedMs].slice(-MAX_CHATS),
    earlier: strongest([...fade(state.earlier, endedMs, settings), ...shown]),
  };
}

function addOrder(state: ProfileState, order: ProfiledOrder): ProfileState {
  const { items, review, ...facts } = order;
  const trace: OrderTrace = {
    ...facts,
    categories: [...new Set(items.map((item) => item.category))],
    titles: [...new Set(items.map((item) => item.title))],
    pieces: items.reduce((sum, item) => sum + item.qty, 0),
    ...(review ? { review: readReview(review.text) } : {}),
  };
  const others = state.orders.filter(({ id }) => id !== order.id);
  const orders = [...others, trace].sort((a, b) => a.placedAtMs - b.placedAtMs).slice(-MAX_ORDERS);
  return { ...state, orders };
}

function profileOf(state: ProfileState, nowMs: number, settings: Means): Profile {
  const view = viewOf(state.messages, state.orders, state.chatsEndedMs, nowMs);
  const found = [...state.earlier, ...findFeatures(view, settings.thresholds)];
  const findings = strongest(fade(found, nowMs, settings));
  const types = state.pinned ? pinnedScores(state.pinned) : scoreBuyer(view, findings, settings.manner);
  const top = state.pinned ?? topOf(types, settings.minScore);
  const evidence: Profile['evidence'] = findings
    .filter(({ strength }) => strength >= EVIDENCE_STRENGTH)
    .sort((a, b) => b.strength - a.strength)
    .map(({ feature, detail, detailZh, atMs }) => {
      return { feature, detail, ...(detailZh === undefined ? {} : { detailZh }), atMs };
    });
  const telling = top === 'unknown' ? undefined : findTellingMessage(view, top);
  if (telling && !evidence.some(({ feature }) => feature === telling.feature)) evidence.push(telling);
  return { types, top, segments: findSegments(view, found), evidence };
}

/** Lets findings fade with their half-life; those of the future do not grow. @see BT-P5 */
function fade(findings: readonly Finding[], nowMs: number, settings: Means): Finding[] {
  return findings.map((finding) => {
    const halfLifeMs = finding.basis === 'orders' ? settings.orderHalfLifeMs : settings.chatHalfLifeMs;
    const ageMs = Math.max(0, nowMs - finding.atMs);
    return { ...finding, strength: finding.strength * 0.5 ** (ageMs / halfLifeMs) };
  });
}

function strongest(findings: readonly Finding[]): Finding[] {
  const best = new Map<string, Finding>();
  for (const finding of findings) {
    if (finding.strength > (best.get(finding.feature)?.strength ?? 0)) best.set(finding.feature, finding);
  }
  return [...best.values()];
}

function pinnedScores(pinned: BuyerType | 'unknown'): Profile['types'] {
  return pinned === 'unknown' ? {} : { [pinned]: 1 };
}

function topOf(types: Profile['types'], minScore: number): Profile['top'] {
  let top: BuyerType = BUYER_TYPES[0];
  for (const type of BUYER_TYPES) if ((types[type] ?? 0) > (types[top] ?? 0)) top = type;
  return (types[top] ?? 0) >= minScore ? top : 'unknown';
}
