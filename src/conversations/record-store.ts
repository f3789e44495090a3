/** Where cases that are over are kept. */
import type { DeskRecord } from '../protocol/desk-records.ts';

/** Closed cases of a shop. */
export interface RecordStore {
  /** Keeps a case that is over; the same id is kept once. */
  keepClosed(shopId: string, conversationId: string, id: string, record: DeskRecord, at: number): Promise<void>;
  /** The newest first. */
  closed(shopId: string, conversationId: string, limit: number): Promise<DeskRecord[]>;
}
