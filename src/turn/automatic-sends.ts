/** Texts that leave by themselves, as the record keeps them: one live row a conversation. @see SR-10 */
import type { SendEnd } from '../protocol/modes.ts';

/** `away`: nothing but the away reply may go out. */
export type AutomaticMode = 'semi' | 'auto' | 'away';

/** A text that waits for its moment. */
export interface AutomaticSend {
  shopId: string;
  id: string;
  conversationId: string;
  buyerId: string;
  mode: AutomaticMode;
  /** `seq` of the buyer's message it answers. */
  seq: number;
  suggestionId: string;
  position: number;
  scriptId: string;
  scriptVersion: number;
  /** As it is shown; empty where nobody is there to see it. */
  text: string;
  /** Unix ms. */
  dueAt: number;
}

/** A row that ended without a message. */
export interface EndedSend {
  id: string;
  conversationId: string;
}

/** Which pending rows of a shop end; every key that is there must fit. */
export interface WhichSends {
  conversationId?: string;
  id?: string;
  suggestionId?: string;
  buyerId?: string;
  /** The away reply stays: what it says is read when it leaves. */
  spareAway?: true;
}

/** The rows of the record. */
export interface AutomaticSendStore {
  /** Puts a row in the place of the conversation's live one, which ends as `replaced` says; returns what ended. */
  plan(send: AutomaticSend, replaced: SendEnd, at: number): Promise<EndedSend[]>;
  /** Ends what is pending; a row that has left or ended stays as it is. One caller wins. */
  end(shopId: string, which: WhichSends, reason: SendEnd, at: number): Promise<EndedSend[]>;
  find(shopId: string, id: string): Promise<(AutomaticSend & { state: string; reason: string | null }) | undefined>;
  /** Takes a due row until the transaction ends; `undefined`: it has ended, or is not due. */
  claim(shopId: string, id: string, nowMs: number): Promise<AutomaticSend | undefined>;
  /** A claimed row has become a message. */
  finish(shopId: string, id: string, messageId: string, at: number): Promise<void>;
  /** Rows of every shop that are due, the oldest first. */
  due(nowMs: number, limit: number): Promise<{ shopId: string; id: string }[]>;
}
