/** The desk as the flow sees it: what `app.ts` puts together once, and what every step of a turn uses. */

import type { Shop } from '../desk/ports.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { GoodsSource } from '../orders/ports.ts';
import type { GoodsSettings } from '../protocol/goods.ts';
import type { AutomaticChange } from '../protocol/modes.ts';
import type { Message } from '../protocol/records.ts';
import type { Script } from '../protocol/script.ts';
import type { LearningKeeper } from './learn-ranking.ts';
import type { LibraryKeeper } from './library-keeper.ts';
import type { Gate, Ledger, ProfilerPort, Rewriter, SuggestionEngine, Understanding } from './ports.ts';
import type { GoodsRenewal } from './renew-for-goods.ts';
import type { ScriptSearch } from './search-scripts.ts';
import type { ShopWindow } from './shop-window.ts';

/** Lists that consoles read again when they change. */
export type DeskList =
  | 'owed'
  | 'tasks'
  | 'counters'
  | 'followUps'
  | 'library'
  | 'gateRules'
  | 'approvals'
  | 'teaching'
  | 'settings'
  | 'learning'
  | 'discounts'
  | 'goods'
  | 'clocks'
  | 'records';

/** Something that happened, told to every node. */
export type DeskEvent =
  | { type: 'message.appended'; shopId: string; buyerId: string; message: Message }
  | { type: 'turn.analysed'; shopId: string; conversationId: string; data: unknown }
  | { type: 'suggestions.withdrawn'; shopId: string; conversationId: string; suggestionId: string; reason: string }
  | { type: 'conversation.changed'; shopId: string; conversationId: string }
  | { type: 'automatic.changed'; shopId: string; data: AutomaticChange }
  | { type: 'orders.changed'; shopId: string; buyerId: string }
  | { type: 'presence.changed'; shopId: string }
  | { type: 'lists.changed'; shopId: string; lists: DeskList[] }
  /** What may be said has changed: scripts in force, or the shop's gate rules. */
  | { type: 'library.changed'; shopId: string }
  | {
      type: 'typing';
      shopId: string;
      conversationId: string;
      buyerId: string;
      from: 'buyer' | 'agent';
      who: string;
      agentId?: string;
      on: boolean;
    }
  | { type: 'shop.changed'; shopId: string };

/** Tells every node. */
export interface DeskBus {
  publish(event: DeskEvent): void;
  subscribe(listener: (event: DeskEvent) => void): () => void;
}

/** Wakes a worker at a moment; only an alarm clock, never the truth. */
export interface DeskAlarms {
  set(alarm: { shopId: string; followUpId: string; revision: number }, delayMs: number): Promise<void>;
}

/** A way messages reach buyers. */
export interface Channel {
  name: string;
  /** The platform drops a repetition of the same idempotency key. */
  idempotent: boolean;
  /** Delivers a message. @throws when it surely did not leave, or when that is not known */
  deliver(message: Message, to: { shopId: string; buyerId: string; idempotencyKey: string }): Promise<void>;
}

/** A signed message to a program outside. */
export interface Webhook {
  url: string;
  /** `whsec_` and the key in base64. */
  secret: string;
  /** Also the idempotency key of the receiver. */
  id: string;
  sentAt: number;
  /** JSON. */
  body: string;
}

/** Posts a webhook once. @throws when it was not taken: refused address, no answer, an answer that is no 2xx */
export type WebhookPoster = (webhook: Webhook) => Promise<void>;

/** Who is at the desk. */
export interface DeskPresence {
  /** Ids of the agents on duty, of all nodes, as last heard (at most a few seconds old). */
  onDuty(shopId: string): Promise<string[]>;
  /** Whether a page of the buyer is open, on any node. */
  isBuyerHere(shopId: string, buyerId: string): Promise<boolean>;
}

/** What a shop may say at this moment. Nothing in it changes: after an approval the next turn gets another one. */
export interface ShopLibrary {
  /** The scripts in force. */
  scripts: readonly Script[];
  engine: SuggestionEngine;
  /** The one outbound gate, with the shop's own rules. */
  gate: Gate;
  search: ScriptSearch;
  /** Reads messages as the shop has taught it. */
  understanding: Understanding;
}

/** Everything a turn uses. */
export interface Desk {
  clock: Clock;
  log: Logger;
  ledger: Ledger;
  bus: DeskBus;
  alarms: DeskAlarms;
  presence: DeskPresence;
  postWebhook: WebhookPoster;
  channels: Map<string, Channel>;
  profiler: ProfilerPort;
  libraries: LibraryKeeper;
  learning: LearningKeeper;
  window: ShopWindow;
  /** Renews the chips that lean on goods, behind the change. */
  goodsRenewal: GoodsRenewal;
  /** Where a shop's goods are read from; `undefined`: its settings name no place. */
  goodsSource(settings: GoodsSettings): GoodsSource | undefined;
  /** A model that softens approved lines; absent: the owner has set none up. */
  polisher?: { rewriter: Rewriter; cut(text: string): string[] };
  shop(shopId: string): Promise<Shop>;
  /** Waits for a place between other turns, so that sockets are served while many messages are understood. */
  pace(): Promise<void>;
}
