/** What teaching needs kept: corrections, lessons and the models they gave. */
import type { MessageIntent } from '../protocol/ids.ts';
import type { ChangedAnswer } from './compare-models.ts';
import type { Correction, TeachingResult } from './train-candidate.ts';

/** A correction as the record keeps it: which message, what the model had said, who set it right. */
export interface KeptCorrection extends Correction {
  conversationId: string;
  seq: number;
  /** What the desk had understood. */
  was: MessageIntent[];
  agentId: string;
  at: number;
}

/** What came of a lesson, without the models. */
export interface KeptLesson {
  id: string;
  /** Hash of the candidate. */
  hash: string;
  verdict: TeachingResult['verdict'];
  wentLive: boolean;
  corrections: number;
  /** How many lines of each set the live model and the candidate read rightly. */
  figures: { name: string; lines: number; live: number; candidate: number }[];
  changed: ChangedAnswer[];
  trainMs: number;
  at: number;
}

/** A taught model. */
export interface TaughtModel {
  hash: string;
  packed: Uint8Array;
  /** Hash of the model that ships with the product it was taught on. */
  basedOn: string;
}

/** Corrections, lessons and taught models of shops. */
export interface TeachingStore {
  /** In the order they were made. */
  corrections(shopId: string): Promise<KeptCorrection[]>;
  /** Those of one conversation, in the order of its messages. */
  correctionsOf(shopId: string, conversationId: string): Promise<KeptCorrection[]>;
  /** Keeps a correction; a message that was corrected before gets the newer word. */
  correct(shopId: string, correction: KeptCorrection): Promise<void>;
  /** Newest first, from behind a place on. */
  page(shopId: string, page: { limit: number; before?: { at: number; id: string } }): Promise<KeptCorrection[]>;
  count(shopId: string): Promise<number>;
  /** The correction that was taken back; `undefined`: there is none. */
  forget(shopId: string, correctionId: string): Promise<KeptCorrection | undefined>;
  /** Newest first. */
  lessons(shopId: string, limit: number): Promise<KeptLesson[]>;
  addLesson(shopId: string, lesson: KeptLesson): Promise<void>;
  keepModel(shopId: string, model: TaughtModel, at: number): Promise<void>;
  model(shopId: string, hash: string): Promise<TaughtModel | undefined>;
  /** Hashes that were live, the live one last; empty: the model that ships. */
  live(shopId: string): Promise<string[]>;
  /** As part of a change that was begun with the library's `begin`. */
  setLive(shopId: string, hashes: readonly string[]): Promise<void>;
}
