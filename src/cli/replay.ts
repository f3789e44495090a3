/** `huashu replay`: plays recorded dialogues through a desk as real buyers' sockets. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type App, createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { createMind, type Mind } from '../create-mind.ts';
import { DEMO_AGENTS } from '../demo/demo-people.ts';
import { DataFileError } from '../lib/errors.ts';
import type { ServerFrame } from '../protocol/frames.ts';
import { askForToken, type DeskClient, openDeskClient, signIn } from './desk-client.ts';
import { modelCacheDir, ROOT } from './project-paths.ts';

const DialogueSchema = z.strictObject({
  id: z.string().min(1),
  turns: z.array(z.strictObject({ from: z.enum(['buyer', 'agent']), text: z.string() })),
});
type Dialogue = z.infer<typeof DialogueSchema>;

/** How to replay. */
export interface ReplayOptions {
  /** A running desk; absent: one of its own, in a temporary folder. */
  url: string | undefined;
  /** Supervisor's sign-in at that desk. */
  login: string;
  password: string;
  limit: number;
  /** Dialogues at a time. */
  speed: number;
  /** Hears the lines of the report; nothing when only the sum is wanted. */
  print(line: string): void;
}

/** What a replay came to; latencies from the buyer's frame to the frame with its suggestions at the agent. */
export interface ReplayReport {
  dialogues: number;
  turns: number;
  analysed: number;
  proposed: number;
  abstained: number;
  errors: number;
  p50Ms: number;
  p99Ms: number;
}

type Analysed = Extract<ServerFrame, { type: 'turn.analysed' }>['data'];

/** Time a turn may take before it counts as an error. */
const TURN_LIMIT_MS = 20_000;

/** Reads dialogues. @throws DataFileError */
export function readDialogues(file: string): Dialogue[] {
  const seen = new Set<string>();
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return [];
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch (error) {
        throw new DataFileError(file, i + 1, '', `not JSON: ${(error as Error).message}`);
      }
      const parsed = DialogueSchema.safeParse(value);
      if (!parsed.success) {
        const issue = parsed.error.issues[0]!;
        throw new DataFileError(file, i + 1, issue.path.join('.'), issue.message);
      }
      if (seen.has(parsed.data.id)) throw new DataFileError(file, i + 1, 'id', `${parsed.data.id} stands twice`);
      seen.add(parsed.data.id);
      return [parsed.data];
    });
}

/** Replays and reports. */
export async function replay(dialogues: Dialogue[], options: ReplayOptions): Promise<ReplayReport> {
  if (options.url !== undefined) return await replayAt(options.url, dialogues, options);
  const dir = mkdtempSync(join(tmpdir(), 'huashu-replay-'));
  let app: App | undefined;
  let mind: Mind | undefined;
  try {
    const { DATABASE_URL, REDIS_URL } = readConfig();
    // The kept model of this machine's desk: an empty folder would have to train its own.
    mind = await createMind({ root: ROOT, cacheDir: modelCacheDir() });
    app = await createApp(
      {
        ...readConfig({}),
        PORT: 0,
        DATA_DIR: dir,
        LOG_LEVEL: 'error',
        ...(DATABASE_URL === undefined ? {} : { DATABASE_URL }),
        ...(REDIS_URL === undefined ? {} : { REDIS_URL }),
      },
      { withoutPages: true, mind },
    );
    return await replayAt(app.url, dialogues, options);
  } finally {
    await app?.close();
    mind?.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function replayAt(url: string, dialogues: Dialogue[], options: ReplayOptions): Promise<ReplayReport> {
  const cookie = await signIn(url, options.login, options.password);
  const agent = await openDeskClient(url, { role: 'agent', cookie });
  await agent.command('presence.set', { state: 'online' });
  const waiting = new Map<string, (analysed: Analysed) => void>();
  agent.onFrame((frame) => {
    if (frame.type === 'turn.analysed') waiting.get(`${frame.data.conversationId}/${frame.data.seq}`)?.(frame.data);
  });
  const report: ReplayReport = {
    dialogues: 0,
    turns: 0,
    analysed: 0,
    proposed: 0,
    abstained: 0,
    errors: 0,
    p50Ms: 0,
    p99Ms: 0,
  };
  const latencies: number[] = [];
  const queue = dialogues.slice(0, options.limit);
  const lanes = Array.from({ length: Math.max(1, options.speed) }, async () => {
    for (let dialogue = queue.shift(); dialogue; dialogue = queue.shift()) {
      await replayDialogue(url, cookie, dialogue, waiting, report, latencies, options);
    }
  });
  await Promise.all(lanes);
  await agent.close();
  latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    Number((latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0).toFixed(2));
  return { ...report, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function replayDialogue(
  url: string,
  cookie: string,
  dialogue: Dialogue,
  waiting: Map<string, (analysed: Analysed) => void>,
  report: ReplayReport,
  latencies: number[],
  options: ReplayOptions,
): Promise<void> {
  const { token } = await askForToken(url);
  const buyer = await openDeskClient(url, { role: 'buyer', token });
  report.dialogues++;
  // Several dialogues run at once: each is told as a whole.
  const lines = [`\n== ${dialogue.id}`];
  const print = (line: string) => void lines.push(line);
  for (const [i, turn] of dialogue.turns.entries()) {
    try {
      if (turn.from === 'agent') {
        print(`  agent  ${turn.text}`);
        await appendRecorded(url, cookie, buyer, turn.text, `${dialogue.id}:${i}`);
      } else await replayBuyerTurn(buyer, turn.text, waiting, report, latencies, { ...options, print });
    } catch (error) {
      report.errors++;
      print(`  !! ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  options.print(lines.join('\n'));
  await buyer.close();
}

async function replayBuyerTurn(
  buyer: DeskClient,
  text: string,
  waiting: Map<string, (analysed: Analysed) => void>,
  report: ReplayReport,
  latencies: number[],
  options: ReplayOptions,
): Promise<void> {
  if (text.trim() === '') return;
  report.turns++;
  const self = buyer.welcome.self;
  if (self.role !== 'buyer') throw new Error('the desk took the buyer for an agent');
  const sentAt = performance.now();
  const arrived = new Map<number, { data: Analysed; at: number }>();
  // The analysis can reach the agent's socket before the ack reaches the buyer's: keep what comes.
  const expectedKeyPrefix = `${self.conversationId}/`;
  const settled = Promise.withResolvers<{ data: Analysed; at: number }>();
  let wanted: number | undefined;
  const take = (data: Analysed) => {
    const entry = { data, at: performance.now() };
    arrived.set(data.seq, entry);
    if (data.seq === wanted) settled.resolve(entry);
  };
  const before = lastSeqOf(buyer);
  for (let seq = before + 1; seq <= before + 3; seq++) waiting.set(`${expectedKeyPrefix}${seq}`, take);
  try {
    const ack = await sendPatiently(buyer, text);
    wanted = ack.seq!;
    waiting.set(`${expectedKeyPrefix}${wanted}`, take);
    setLastSeq(buyer, wanted);
    const early = arrived.get(wanted);
    if (early) settled.resolve(early);
    const done = await within(settled.promise, TURN_LIMIT_MS);
    latencies.push(done.at - sentAt);
    report.analysed++;
    if (done.data.suggestions.proposals.length > 0) report.proposed++;
    else report.abstained++;
    printTurn(text, done.data, options);
  } finally {
    for (const key of waiting.keys()) if (key.startsWith(expectedKeyPrefix)) waiting.delete(key);
  }
}

/** A burst of one buyer may run into the desk's limit; the protocol says: wait and send the same id again. */
async function sendPatiently(buyer: DeskClient, text: string): Promise<{ seq?: number | undefined }> {
  const id = `r${Math.random().toString(36).slice(2)}`;
  for (let attempt = 0; ; attempt++) {
    try {
      return await buyer.command('message.send', { text: text.slice(0, 2000) }, id);
    } catch (error) {
      const retryable = error instanceof Error && 'retryable' in error && error.retryable === true;
      if (!retryable || attempt >= 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
}

const lastSeqs = new WeakMap<DeskClient, number>();
function lastSeqOf(client: DeskClient): number {
  return lastSeqs.get(client) ?? 0;
}
function setLastSeq(client: DeskClient, seq: number): void {
  lastSeqs.set(client, Math.max(seq, lastSeqOf(client)));
}

async function appendRecorded(
  url: string,
  cookie: string,
  buyer: DeskClient,
  text: string,
  key: string,
): Promise<void> {
  if (text.trim() === '') return;
  const self = buyer.welcome.self;
  if (self.role !== 'buyer') throw new Error('the desk took the buyer for an agent');
  const response = await fetch(`${url}/api/conversations/${self.conversationId}/recorded`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ text, key }),
  });
  if (!response.ok) throw new Error(`recorded turn refused: ${await response.text()}`);
  setLastSeq(buyer, ((await response.json()) as { seq: number }).seq);
}

function printTurn(text: string, data: Analysed, options: ReplayOptions): void {
  const first = data.analysis.intents[0];
  const read = first ? `${first.intent} ${first.confidence.toFixed(2)}` : '-';
  options.print(`  buyer  ${text}`);
  options.print(
    `    read ${read}${data.analysis.abstained ? ' (unsure)' : ''}  mood ${data.analysis.mood}  out of scope ${data.analysis.outOfScope.toFixed(2)}`,
  );
  for (const proposal of data.suggestions.proposals)
    options.print(`    ${proposal.scriptId}  ${proposal.text.replaceAll('\n', ' / ')}`);
  if (data.suggestions.abstained !== undefined) options.print(`    nothing proposed: ${data.suggestions.abstained}`);
  for (const hidden of data.suggestions.hidden.slice(0, 5))
    options.print(`    hidden ${hidden.scriptId}: ${hidden.because} ${hidden.name} ${hidden.detail}`);
}

function within<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no suggestions within ${limitMs} ms`)), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Sign-in of the demo's supervisor, where none is given. */
export function demoSupervisor(): { login: string; password: string } {
  const { login, password } = DEMO_AGENTS.find((agent) => agent.role === 'supervisor')!;
  return { login, password };
}
