/**
 * Prints first proposals over recorded dialogues, for a person to judge: each buyer turn is read as the live desk
 * reads it, with the demo shop's facts, no order on record and the history so far; what the agents said is as recorded.
 *
 * Usage: node bench/suggestions/sample.ts DIALOGUES [--from N] [--to N] [--n N] [--offset N] [--card SCR-48] [--all]
 *
 * --from, --to   dialogues by their place in the file, from 1
 * --n            items, spread evenly over everything proposed; default 60
 * --offset       where in each stretch the item is taken; default 0
 * --card         only turns where this card is first
 * --all          every buyer turn, the silent ones too
 */
import { parseArgs } from 'node:util';
import { modelCacheDir, ROOT } from '../../src/cli/project-paths.ts';
import { readDialogues } from '../../src/cli/replay.ts';
import { createMind } from '../../src/create-mind.ts';
import { DEMO_SETTINGS, DEMO_SHOP_NAME, demoPromos } from '../../src/demo/demo-shop.ts';
import { formatTime } from '../../src/lib/zoned-time.ts';
import { type Facts, FactsSchema } from '../../src/protocol/facts.ts';
import type { Profile, Proposal, Turn } from '../../src/protocol/turn.ts';
import { readMessage } from '../../src/turn/read-message.ts';

interface Item {
  dialogue: string;
  before: readonly Turn[];
  message: string;
  read: string;
  proposal: Proposal | undefined;
  behind: readonly string[];
}

const TZ = 'Asia/Shanghai';
const START_MS = Date.parse('2027-03-16T10:00:00+08:00');
/** Between two turns: longer than a burst, shorter than an absence. */
const TURN_MS = 25_000;
/** Turns that the desk keeps at hand. */
const HISTORY = 30;
const TURNS_SHOWN = 4;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: 'string', default: '1' },
    to: { type: 'string', default: '9999' },
    n: { type: 'string', default: '60' },
    offset: { type: 'string', default: '0' },
    card: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});
const [file] = positionals;
if (file === undefined)
  throw new Error('usage: node bench/suggestions/sample.ts DIALOGUES [--from N] [--to N] [--n N]');

const mind = await createMind({ root: ROOT, cacheDir: modelCacheDir() });
const { engine, understanding } = mind.library();

function factsAt(nowMs: number, profile: Profile): Facts {
  const { hours, replyByHour, queueLimit, shop, shipping, postage, payment, platform, invoice, insurance, program } =
    DEMO_SETTINGS;
  const now = formatTime(nowMs, TZ);
  return FactsSchema.parse({
    ...Object.fromEntries(
      Object.entries({ shipping, postage, payment, platform, invoice, insurance, program }).filter(
        ([, group]) => group !== undefined,
      ),
    ),
    return: DEMO_SETTINGS.return,
    warehouse: DEMO_SETTINGS.warehouse,
    queue: { limit: queueLimit },
    now,
    asOf: { buyer: now, promo: now },
    shop: { ...shop, name: DEMO_SHOP_NAME, hours, replyByHour },
    agent: { onDuty: true, name: '小禾', title: '户外顾问', role: 'agent' },
    buyer: {
      id: 'visitor',
      types: profile.types,
      ...(profile.segments[0] === undefined ? {} : { segment: profile.segments[0] }),
    },
    promo: demoPromos(START_MS, (ms) => formatTime(ms, TZ)).map((promo) => promo.facts),
    order: null,
    convo: { scriptsUsed: [], noMoreFollowup: false, awayAckLastSentAt: null, lastBuyerAt: now },
  });
}

function walk(dialogue: { id: string; turns: readonly { from: 'buyer' | 'agent'; text: string }[] }): Item[] {
  const items: Item[] = [];
  const history: Turn[] = [];
  let kept: unknown;
  let unread: { from: 'buyer' | 'agent'; text: string; atMs: number }[] = [];
  dialogue.turns.forEach(({ from, text }, index) => {
    if (text.trim() === '') return;
    const atMs = START_MS + index * TURN_MS;
    if (from === 'agent') unread.push({ from, text, atMs });
    else {
      const before = history.slice(-HISTORY);
      const analysis = readMessage(understanding, text, null, before, { atMs });
      const profiled = mind.profiler.addMessages(
        kept,
        [...unread, { from, text, atMs, intents: analysis.held }],
        [],
        null,
      );
      kept = profiled.state;
      unread = [];
      const { profile } = profiled;
      const facts = factsAt(atMs, profile);
      const { proposals } = engine.suggest({ facts, history: before, message: text, analysis, profile, mode: 'A' });
      const [first] = analysis.intents;
      items.push({
        dialogue: dialogue.id,
        before: before.slice(-TURNS_SHOWN),
        message: text,
        read: `${first?.intent ?? '-'} ${first?.confidence.toFixed(2) ?? ''}${analysis.abstained ? ' unsure' : ''}`,
        proposal: proposals[0],
        behind: proposals.slice(1).map(({ card }) => card),
      });
    }
    history.push({ from, text, at: formatTime(atMs, TZ) });
  });
  return items;
}

function show(item: Item, number: number): string {
  const { proposal } = item;
  return [
    `## ${number} (${item.dialogue})`,
    ...item.before.map(({ from, text }) => `  ${from}: ${text}`),
    `  BUYER: ${item.message}    {${item.read}}`,
    proposal === undefined
      ? '  SILENT'
      : `  PROPOSED [${proposal.scriptId}]: ${proposal.text.replaceAll('\n', ' / ')}  (${proposal.score}; ${item.behind.join(' ')})`,
    '',
  ].join('\n');
}

const dialogues = readDialogues(file).slice(Number(values.from) - 1, Number(values.to));
const items = dialogues.flatMap(walk);
const proposed = items.filter(
  ({ proposal }) => proposal !== undefined && (values.card === undefined || proposal.card === values.card),
);
const counts = new Map<string, number>();
for (const { proposal } of items) if (proposal) counts.set(proposal.card, (counts.get(proposal.card) ?? 0) + 1);
const wanted = Math.min(Number(values.n), proposed.length);
const chosen = values.all
  ? items
  : Array.from(
      { length: wanted },
      (_, i) => proposed[Math.floor((i * proposed.length) / wanted + Number(values.offset)) % proposed.length]!,
    );
chosen.forEach((item, i) => void process.stdout.write(`${show(item, i + 1)}\n`));
const all = items.filter(({ proposal }) => proposal !== undefined).length;
process.stdout.write(
  `${dialogues.length} dialogues, ${items.length} buyer turns, ${all} with a proposal: ${[...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([card, times]) => `${card} ${times}`)
    .join(', ')}\n`,
);
mind.close();
