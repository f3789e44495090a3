/** What the governed library needs from the record. */
import type { PersonalScript, ScriptVersion } from '../protocol/library.ts';

/** A version as the record keeps it, with the hash of what people wrote. */
export interface StoredVersion extends ScriptVersion {
  bodyHash: string;
}

/** Versions of scripts; the newest approved one that has not run out is in force. */
export interface ScriptVersionStore {
  /**
   * Begins a change: takes the shop's library for this transaction and returns the number of its next state. Whoever
   * begins later waits, so numbers become visible in their order.
   */
  begin(shopId: string): Promise<number>;
  /** Number of the library's state; 0: nothing was ever written. */
  state(shopId: string): Promise<number>;
  /** Versions of one script, newest first. */
  versions(shopId: string, scriptId: string): Promise<StoredVersion[]>;
  /** Writes versions, over those of the same number, as part of the change `state`. */
  save(shopId: string, state: number, versions: readonly StoredVersion[]): Promise<void>;
  /** Versions written after a state; from 0 without those that are retired and not the newest of their script. */
  changedSince(shopId: string, state: number): Promise<StoredVersion[]>;
  /** Hashes of every text ever written, by script. */
  hashes(shopId: string): Promise<Map<string, Set<string>>>;
}

/** Phrases of single agents. */
export interface PersonalScriptStore {
  ofAgent(shopId: string, agentId: string): Promise<PersonalScript[]>;
  /** Adds or writes over. @throws DeskError `conflict` when the agent has the code already */
  save(shopId: string, agentId: string, script: PersonalScript): Promise<void>;
  remove(shopId: string, agentId: string, id: string): Promise<boolean>;
}
