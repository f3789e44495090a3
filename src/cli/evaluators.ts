/** What scores each kind of evaluation file: the product as it ships, without a server and a network. */
import { readFileSync } from 'node:fs';
import { readCredentials } from '../config.ts';
import { createMind, type Mind } from '../create-mind.ts';
import { evaluateFollowUps } from '../followups/evaluate.ts';
import { parseTimelines } from '../followups/parse-timelines.ts';
import { evaluateGate, parseGateLines } from '../gate/evaluate.ts';
import { applyLabelMap, evaluateIntents } from '../nlu/evaluate-intents.ts';
import { evaluateLabels } from '../nlu/evaluate-labels.ts';
import { readIntentsFile, readLabelMap, readLabelsFile } from '../nlu/read-evaluation-file.ts';
import { createProfiler } from '../profiling/create-profiler.ts';
import { evaluateProfiles } from '../profiling/evaluate.ts';
import { readProfilesFile } from '../profiling/read-profiles-file.ts';
import type { Facts } from '../protocol/facts.ts';
import type { Analysis, AnalysisContext, GateContext, Profile, Turn, Verdict } from '../protocol/turn.ts';
import { evaluateSuggestions, readSuggestionsFile } from '../suggestions/evaluate.ts';
import { signIn } from './desk-client.ts';
import { modelCacheDir, ROOT } from './project-paths.ts';
import { demoSupervisor } from './replay.ts';

/** Kinds of evaluation file. */
export const KINDS = ['intents', 'labels', 'profiles', 'suggestions', 'followups', 'gate'] as const;
export type Kind = (typeof KINDS)[number];

/** Choices of one evaluation. */
export interface EvaluationOptions {
  trainFile: string | undefined;
  labelMapFile: string | undefined;
  /** A running desk to judge in place of this process. */
  url: string | undefined;
}

/** Figures, and the lines that went wrong, the worst first. */
export interface Evaluation {
  result: object;
  wrong: readonly object[];
}

type Evaluator = (files: string[], options: EvaluationOptions) => Promise<Evaluation>;

/** One evaluator a kind. */
export const evaluators: Record<Kind, Evaluator> = {
  async intents(files, { labelMapFile, url }) {
    const lines =
      labelMapFile === undefined
        ? files.flatMap(readIntentsFile)
        : applyLabelMap(files.flatMap(readLabelsFile), readLabelMap(labelMapFile));
    const analyse = url === undefined ? await localAnalyse() : await remoteAnalyse(url);
    return await evaluateIntents(lines, analyse);
  },
  async labels(files, { trainFile }) {
    return evaluateLabels(readLabelsFile(trainFile!), files.flatMap(readLabelsFile));
  },
  async profiles(files) {
    const { understanding } = await mind();
    const read = (text: string) => understanding.analyse(text, { order: null, prev: [] }).held;
    return evaluateProfiles(files.flatMap(readProfilesFile), createProfiler(), read);
  },
  async suggestions(files) {
    const { understanding, library } = await mind();
    const { engine, gate } = library();
    return evaluateSuggestions(files.flatMap(readSuggestionsFile), {
      engine,
      analyse: (text, context) => understanding.analyse(text, context),
      judge: (text, context) => gate.judge(text, context),
      profile: profileOfTalk,
    });
  },
  async followups(files) {
    const timelines = files.flatMap((file) => parseTimelines(file, readFileSync(file, 'utf8')));
    const { failures, ...result } = await evaluateFollowUps(timelines);
    return { result, wrong: failures };
  },
  async gate(files, { url }) {
    const lines = files.flatMap((file) => parseGateLines(readFileSync(file, 'utf8'), file));
    if (url === undefined) {
      const { gate } = await mind();
      return evaluateGate(lines, (text, context) => gate.judge(text, context));
    }
    const verdicts = await remoteVerdicts(url, lines);
    let next = 0;
    return evaluateGate(lines, () => verdicts[next++]!);
  },
};

/** The buyer's profile from the talk alone, as the live desk folds it message by message. */
function profileOfTalk(facts: Facts, history: readonly Turn[], message: string): Profile {
  const profiler = createProfiler();
  const nowMs = Date.parse(facts.now);
  let state = profiler.start();
  for (const [i, turn] of history.entries()) {
    // Where only the order of the turns is known, they lie half a minute apart.
    const atMs = turn.at === undefined ? nowMs - (history.length - i) * 30_000 : Date.parse(turn.at);
    state = profiler.addMessage(state, { from: turn.from, text: turn.text, atMs });
  }
  return profiler.profileOf(profiler.addMessage(state, { from: 'buyer', text: message, atMs: nowMs }), nowMs);
}

let made: Promise<Mind> | undefined;

/** The thinking rooms, made once a run. */
function mind(): Promise<Mind> {
  made ??= createMind({ root: ROOT, cacheDir: modelCacheDir() });
  return made;
}

async function localAnalyse(): Promise<(text: string, context: AnalysisContext) => Analysis> {
  const { understanding } = await mind();
  return (text, context) => understanding.analyse(text, context);
}

/** Asks a running desk, in the order of the lines. */
async function remoteAnalyse(url: string): Promise<(text: string, context: AnalysisContext) => Promise<Analysis>> {
  const post = await supervisorOf(url);
  return async (text, context) => {
    const { analyses } = (await post('/api/evaluate/intents', { lines: [{ text, ...context }] })) as {
      analyses: Analysis[];
    };
    return analyses[0]!;
  };
}

const BATCH = 200;

async function remoteVerdicts(
  url: string,
  lines: readonly { text: string; context: GateContext }[],
): Promise<Verdict[]> {
  const post = await supervisorOf(url);
  const verdicts: Verdict[] = [];
  for (let from = 0; from < lines.length; from += BATCH) {
    const part = lines.slice(from, from + BATCH).map(({ text, context }) => ({ text, context }));
    const answer = (await post('/api/evaluate/gate', { lines: part })) as { verdicts: Verdict[] };
    verdicts.push(...answer.verdicts);
  }
  return verdicts;
}

async function supervisorOf(url: string): Promise<(path: string, body: unknown) => Promise<unknown>> {
  const { login, password } = readCredentials() ?? demoSupervisor();
  const cookie = await signIn(url, login, password);
  return async (path, body) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${url}${path} answered ${response.status}: ${await response.text()}`);
    return await response.json();
  };
}
