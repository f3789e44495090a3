/** What learning needs kept: showings and what became of them, counts that fade, resets, wordings that were found. */
import type { FoundVariant, LearningArm, ShowingCounts } from '../../protocol/learning.ts';

/** What became of one proposal that somebody of the desk had before them. `below`: it stood below the one taken. */
export type ShowingFate = 'accepted' | 'edited' | 'dismissed' | 'passed' | 'below';

/** One proposal on screen, once an agent dealt with its set. */
export interface Showing {
  suggestionId: string;
  position: number;
  conversationId: string;
  buyerId: string;
  scriptId: string;
  version: number;
  variant: number;
  /** As `contextKey` writes it. */
  context: string;
  arm: LearningArm;
  fate: ShowingFate;
  /** Unix ms. */
  at: number;
}

/** Counts of one version and wording in one context since the last reset. */
export interface CountRow {
  scriptId: string;
  version: number;
  variant: number;
  context: string;
  counts: ShowingCounts;
  /** The same, each fading by half in `HALF_LIFE_MS`, as of `asOf`. */
  weights: ShowingCounts;
  asOf: number;
}

/** Sums over conversations of one arm, for ratios of sets and their spread. */
export interface ArmSums {
  conversations: number;
  sets: number;
  taken: number;
  edited: number;
  paid: number;
  setsSquared: number;
  takenSquared: number;
  editedSquared: number;
  paidSquared: number;
  setsTaken: number;
  takenEdited: number;
  takenPaid: number;
}

/** A proposal that an agent changed before sending it. */
export interface KeptEdit {
  suggestionId: string;
  conversationId: string;
  scriptId: string;
  version: number;
  /** What was sent. */
  text: string;
  /** What stood in the slots of the proposal. */
  slots: readonly { name: string; value: string }[];
  at: number;
}

/** A payment of a buyer's order, and when the desk heard of it. */
export interface OrderPayment {
  buyerId: string;
  orderId: string;
  paidAt: number;
  at: number;
}

/** Showings, counts, resets and found wordings of shops. Moments are Unix ms. */
export interface LearningStore {
  /** Counts each showing once, however often it is told; returns how many were counted. */
  note(shopId: string, showings: readonly Showing[]): Promise<number>;
  /**
   * Counts a payment for what the buyer accepted or had edited in the 24 h before it, each showing once; returns how
   * many. Under the lock of the buyer's book nothing slips between an acceptance and a payment.
   */
  notePayment(shopId: string, payment: OrderPayment): Promise<number>;
  /** Rows that were counted on at `changedSince` or later, since the last reset. */
  counts(shopId: string, changedSince: number): Promise<CountRow[]>;
  /** Rises with every reset of the shop. */
  resets(shopId: string): Promise<number>;
  /** Begins counting anew for a script; `null`: for all, and for the comparison of the arms. Showings stay. */
  reset(shopId: string, scriptId: string | null, at: number): Promise<void>;
  /** When everything was last begun anew; 0: never. */
  resetAt(shopId: string): Promise<number>;
  /** The arms `learnt` and `plain` from a moment on. */
  arms(shopId: string, since: number): Promise<Record<'learnt' | 'plain', ArmSums>>;
  /** Edits from a moment on, oldest first. */
  edits(shopId: string, since: number): Promise<KeptEdit[]>;
  /** Wordings that were found, newest first. */
  found(shopId: string): Promise<FoundVariant[]>;
  addFound(shopId: string, found: FoundVariant): Promise<void>;
}
