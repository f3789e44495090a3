/** The shop's own gate rules: checked, kept as versions, in force on every node within a second. */
import type { z } from 'zod';
import type { Agent, GateRulesVersion } from '../desk/ports.ts';
import { DataFileError, DeskError } from '../lib/errors.ts';
import type { SaveGateRulesSchema, TriedGateRulesSchema, TryGateRulesSchema } from '../protocol/library.ts';
import type { Desk } from './desk.ts';
import { putInForce } from './library-keeper.ts';
import type { Gate } from './ports.ts';

/** Makes a gate with a shop's rules. @throws DataFileError when they cannot be used */
export type GateWith = (rules: unknown) => Gate;

/** Versions that are shown. */
const SHOWN = 50;

/** The versions, newest first; the first is in force. */
export async function showGateRules(desk: Desk, shopId: string): Promise<GateRulesVersion[]> {
  return await desk.ledger.gateRules.versions(shopId, SHOWN);
}

/**
 * Puts rules in force. Texts that are on their way are judged by the ones before, the next by these.
 *
 * @throws DeskError `bad_request` (every problem with its place), `conflict` (somebody saved meanwhile)
 */
export async function saveGateRules(
  desk: Desk,
  gateWith: GateWith,
  agent: Agent,
  { rules, basedOn, note }: z.infer<typeof SaveGateRulesSchema>,
): Promise<GateRulesVersion[]> {
  const problem = problemOf(gateWith, rules);
  if (problem !== undefined) throw new DeskError('bad_request', problem);
  const { shopId, id, name } = agent;
  const at = desk.clock.now();
  const version = basedOn + 1;
  await desk.ledger.transaction(async (stores) => {
    await stores.scripts.begin(shopId);
    if (!(await stores.gateRules.add(shopId, { version, rules, author: { id, name }, at, note }))) {
      throw new DeskError('conflict', `basedOn is ${basedOn}: other rules came into force meanwhile, read them first`);
    }
    await stores.desk.audit(shopId, id, 'gateRules', { version, note }, at);
  });
  await putInForce(desk, shopId);
  return await showGateRules(desk, shopId);
}

/** Judges texts by rules that are not in force. */
export function tryGateRules(
  gateWith: GateWith,
  { rules, texts }: z.infer<typeof TryGateRulesSchema>,
): z.infer<typeof TriedGateRulesSchema> {
  const problem = problemOf(gateWith, rules);
  if (problem !== undefined) return { problem, verdicts: [] };
  const gate = gateWith(rules);
  return { verdicts: texts.map((text) => gate.judge(text, {})) };
}

function problemOf(gateWith: GateWith, rules: unknown): string | undefined {
  try {
    gateWith(rules);
    return undefined;
  } catch (error) {
    if (error instanceof DataFileError) return error.message;
    throw error;
  }
}
