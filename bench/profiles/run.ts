/**
 * Profiles updated per second on one core, beside a bare JSON copy of the same states, in turns, in one run. An update is
 * what a turn does: the kept state with one more message of the buyer and one of the desk, and the profile after it.
 *
 * node bench/profiles/run.ts [--buyers 2000] [--rounds 5]
 */
import { parseArgs } from 'node:util';
import { createProfilerPort } from '../../src/create-profiler-port.ts';

const { values } = parseArgs({
  options: { buyers: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '5' } },
});
const BUYERS = Number(values.buyers);
const ROUNDS = Number(values.rounds);
const MINUTE = 60_000;
const START = Date.UTC(2027, 2, 1);
const TALK: readonly (readonly [string, string])[] = [
  ['在吗 这款有货吗', '在的亲，有现货'],
  ['材质是什么 会不会起球', '棉和聚酯纤维，正常穿着不起球'],
  ['别家才卖八十 便宜点吧', '这款已经是活动价了哦'],
  ['是正品吗 有点不放心', '支持专柜验货，放心的'],
  ['你觉得黑的好还是白的好', '您皮肤白，黑色更显气质'],
  ['再少十块我就拍', '最多给您申请五元券'],
  ['行吧 那我拍黑色M码', '好的，今天就给您发出'],
  ['谢谢啦 你人真好', '不客气，有问题随时找我'],
];
/** Messages a buyer has said before the measured ones: a chat of middling length. */
const SAID = 6;

const port = createProfilerPort();
const states = Array.from({ length: BUYERS }, (_, buyer) => {
  let state: unknown;
  for (let turn = 0; turn < SAID; turn++) state = update(state, buyer, turn).state;
  return state;
});

function update(state: unknown, buyer: number, turn: number): ReturnType<typeof port.addMessages> {
  const [asked, answered] = TALK[(buyer + turn) % TALK.length]!;
  const atMs = START + turn * 2 * MINUTE;
  return port.addMessages(
    state,
    [
      { from: 'agent', text: answered, atMs },
      { from: 'buyer', text: asked, atMs: atMs + MINUTE },
    ],
    [],
  );
}

function perSecond(work: (state: unknown, buyer: number) => unknown): number {
  const began = process.cpuUsage();
  for (const [buyer, state] of states.entries()) work(state, buyer);
  const { user, system } = process.cpuUsage(began);
  return (states.length * 1e6) / (user + system);
}

const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1]!;
const ours: number[] = [];
const bare: number[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  const [updates, copies] = [
    perSecond((state, buyer) => update(state, buyer, SAID)),
    perSecond((state) => JSON.parse(JSON.stringify(state))),
  ];
  // The first round warms the engine.
  if (round > 0) {
    ours.push(updates);
    bare.push(copies);
  }
}
const [updates, copies] = [median(ours), median(bare)];
process.stdout.write(
  `${JSON.stringify(
    {
      buyers: BUYERS,
      stateBytes: Buffer.byteLength(JSON.stringify(states[0])),
      updatesPerSecond: Math.round(updates),
      jsonCopiesPerSecond: Math.round(copies),
      ratioToCopy: Number((updates / copies).toFixed(3)),
    },
    null,
    2,
  )}\n`,
);
