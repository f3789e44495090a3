#!/usr/bin/env node
/** `huashu COMMAND`: the desk's commands. */
import { explainFailure, isMisuse } from './usage.ts';

interface Command {
  summary: string;
  /** Returns the exit code. */
  run(args: string[]): Promise<number>;
}

/** Each command loads only what it needs. */
const COMMANDS: Record<string, Command> = {
  start: {
    summary: 'start the desk',
    run: async (args) => (await import('./run-start.ts')).runStart(args),
  },
  eval: {
    summary: 'score the product on evaluation files: eval KIND FILE…',
    run: async (args) => (await import('./run-eval.ts')).runEval(args),
  },
  replay: {
    summary: 'play recorded dialogues through a desk: replay FILE',
    run: async (args) => (await import('./run-replay.ts')).runReplay(args),
  },
  simulate: {
    summary: 'run a shop’s month of follow-ups in seconds: simulate [--days N] [--orders N] [--seed N]',
    run: async (args) => (await import('./run-simulate.ts')).runSimulate(args),
  },
  shop: {
    summary:
      'set up a shop, or give it settings: shop --id ID --name NAME --login LOGIN --password PASSWORD | shop --id ID --settings FILE',
    run: async (args) => (await import('./run-shop.ts')).runShop(args),
  },
  explain: {
    summary: 'show how a message is understood: explain TEXT',
    run: async (args) => (await import('./run-explain.ts')).runExplain(args),
  },
  train: {
    summary: 'train the model of intents/ into the data folder',
    run: async () => (await import('./run-train.ts')).runTrain(),
  },
  scripts: {
    summary: 'check, list, import or export the script library: scripts lint|list|import|export',
    run: async (args) => (await import('./run-scripts.ts')).runScripts(args),
  },
  goods: {
    summary: 'take goods in from a file, or write them as one: goods import FILE [--dry-run] | goods export FILE',
    run: async (args) => (await import('./run-goods.ts')).runGoods(args),
  },
  'follow-ups': {
    summary: 'write the ledger of follow-ups as a file: follow-ups export FILE.csv|FILE.jsonl --shop ID',
    run: async (args) => (await import('./run-follow-ups.ts')).runFollowUps(args),
  },
  gate: {
    summary: "check a file of the shop's gate rules, or judge a text by it: gate lint FILE | gate check FILE TEXT",
    run: async (args) => (await import('./run-gate.ts')).runGate(args),
  },
};

const [name, ...args] = process.argv.slice(2);
const command = name === undefined ? undefined : COMMANDS[name];
if (!command) {
  const lines = Object.entries(COMMANDS).map(([key, { summary }]) => `  ${key.padEnd(10)} ${summary}`);
  process.stderr.write(`usage: huashu COMMAND …\n\n${lines.join('\n')}\n`);
  process.exitCode = name === undefined || name === '--help' || name === 'help' ? 0 : 2;
} else {
  try {
    process.exitCode = await command.run(args);
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exitCode = isMisuse(error) ? 2 : 1;
  }
}
