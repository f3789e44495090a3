/** Checks `intents/` beyond its schema: `node src/cli/check-intents.ts`. Prints each finding on a line. */
import { type LoadedIntent, loadIntents } from '../nlu/load-intents.ts';
import { EVENT_INTENTS } from '../protocol/ids.ts';
import { INTENTS_DIR } from './project-paths.ts';
import { explainFailure } from './usage.ts';

/** Training lines an intent needs. */
const MIN_EXAMPLES = 30;

/** What is wrong with the set as a whole. */
function lintIntents(intents: readonly LoadedIntent[]): string[] {
  const known = new Set<string>([...intents.map((intent) => intent.id), ...EVENT_INTENTS]);
  return intents.flatMap((intent) => lintIntent(intent, known).map((finding) => `${intent.file} ${finding}`));
}

function lintIntent({ id, examples, lookAlikes }: LoadedIntent, known: ReadonlySet<string>): string[] {
  const findings: string[] = [];
  if (examples.length < MIN_EXAMPLES) {
    findings.push(`examples: ${examples.length} lines, at least ${MIN_EXAMPLES} are needed`);
  }
  for (const [i, { intent }] of lookAlikes.entries()) {
    if (intent === id) findings.push(`lookAlikes[${i}]: ${intent} is the intent itself`);
    else if (!known.has(intent)) findings.push(`lookAlikes[${i}]: ${intent} has no file in intents/ and is no event`);
  }
  const lines = examples.map((example) => JSON.stringify(example));
  for (const [i, line] of lines.entries()) {
    const first = lines.indexOf(line);
    if (first < i) findings.push(`examples[${i}]: ${line} stands already in examples[${first}]`);
  }
  return findings;
}

try {
  const { intents } = loadIntents(INTENTS_DIR);
  const findings = lintIntents(intents);
  for (const finding of findings) process.stdout.write(`${finding}\n`);
  process.stdout.write(`${intents.length} intents, ${findings.length} findings\n`);
  process.exitCode = findings.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 1;
}
