/** `huashu eval`: what it prints for each kind of file, and what it says of lines it cannot read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runEval } from '../../src/cli/run-eval.ts';
import { explainFailure, isMisuse } from '../../src/cli/usage.ts';
import { openMind, startTestDesk, type TestDesk } from '../flow/start-desk.ts';
import { makeDataDir, runCommand } from './run-command.ts';

const context = { order: null, prev: [] };
const FILES = {
  intents: [
    { id: 'a', text: '能便宜点吗', context, intents: ['INT-PRE-14'], acceptable: [] },
    { id: 'b', text: '给我讲个笑话听听', context, intents: [], acceptable: [] },
    {
      id: 'c',
      text: '我的快递到哪了',
      context: { order: { state: 'shipped' }, prev: [] },
      intents: ['INT-PRE-18'],
      acceptable: [],
    },
  ],
  labels: [
    { text: '车链条掉了怎么装', label: 'repair' },
    { text: '周末骑行去哪里', label: 'trip' },
  ],
  profiles: [
    { id: 'a', messages: [{ from: 'buyer', text: '谢谢', atSec: 0 }], orders: [], type: 'unknown', acceptable: [] },
  ],
  suggestions: [
    {
      id: 'a',
      facts: {
        now: '2027-03-16T10:20:00+08:00',
        shop: { name: '木棉衣铺', hours: '09:00-22:00', replyByHour: '10:30' },
        agent: { name: '小舟', title: '顾问', onDuty: true, role: 'agent' },
        buyer: { id: 'b1', isReturning: false },
      },
      history: [],
      message: '你好，在吗',
      expectTop3: ['SCR-01'],
      mustNot: ['SCR-02'],
      why: 'a new buyer greets',
    },
  ],
  followups: [
    {
      id: 'a',
      rule: 'FU-46',
      shop: { tz: 'Asia/Shanghai', hours: '08:30-21:30', quietHours: '22:00-09:00', closedDays: [] },
      events: [
        { at: '2027-06-07T10:00:00+08:00', type: 'order.signed', data: { orderId: 'A1', buyerId: 'b1' } },
        { at: '2027-06-10T14:00:00+08:00', type: 'clock.end', data: {} },
      ],
      expect: [
        {
          kind: 'sent',
          rule: 'FU-46',
          subject: 'A1',
          notBefore: '2027-06-10T10:00:00+08:00',
          notAfter: '2027-06-10T10:30:00+08:00',
        },
      ],
      why: 'three days after signing',
    },
  ],
  gate: [
    { id: 'a', text: '不客气，祝您生活愉快', context: {}, expect: 'pass', rules: [] },
    { id: 'b', text: '加我微信，私下转账给您便宜', context: {}, expect: 'block', rules: ['TAB-27'] },
  ],
};
type Kind = keyof typeof FILES;

const FIGURES: Record<Kind, string[]> = {
  intents: ['top1', 'top1Acceptable', 'top3', 'macroF1', 'oosAuroc', 'oosFalseAccept', 'abstained', 'ece'],
  labels: ['accuracy', 'macroF1', 'top3', 'trainMs', 'modelBytes', 'perSecond', 'p50Us', 'p99Us'],
  profiles: ['top1', 'top1Acceptable', 'macroF1', 'unknownRecall'],
  suggestions: ['top1', 'top3', 'forbidden', 'unfilled', 'gateBlocked', 'abstained'],
  followups: ['passed', 'failed'],
  gate: ['exact', 'missed', 'overBlocked', 'missedRate', 'overBlockedRate'],
};

describe('huashu eval', () => {
  const dir = mkdtempSync(join(tmpdir(), 'huashu-eval-'));
  const dataDir = makeDataDir();
  let desk: TestDesk;

  beforeAll(async () => {
    await openMind();
    desk = await startTestDesk();
  });
  afterAll(async () => {
    await desk?.close();
    for (const folder of [dir, dataDir]) rmSync(folder, { recursive: true, force: true });
  });

  function write(name: string, lines: readonly (object | string)[]): string {
    const file = join(dir, `${name}.jsonl`);
    writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    return file;
  }

  function evaluate(...args: string[]) {
    return runCommand(['eval', ...args], { DATA_DIR: dataDir });
  }

  test.each(Object.keys(FILES) as Kind[])('prints one object for %s, and a table beside it', async (kind) => {
    const file = write(kind, FILES[kind]);
    const { code, stdout, stderr } = await evaluate(kind, file, ...(kind === 'labels' ? ['--train', file] : []));
    expect(stderr).toMatch(new RegExp(`^${kind}\\n`));
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result['lines']).toBe(FILES[kind].length);
    expect(Object.keys(result)).toEqual(expect.arrayContaining(FIGURES[kind]));
    expect(result).not.toHaveProperty('errors');
  });

  test('adds the worst lines when asked, and scores several files as one', async () => {
    const file = write('wrong', FILES.intents);
    const more = write('more', [{ ...FILES.intents[0], id: 'd' }]);
    const { code, stdout } = await evaluate('intents', file, more, '--errors', '1');
    expect(code).toBe(0);
    const { errors, lines } = JSON.parse(stdout) as { errors: { id: string }[]; lines: number };
    expect(lines).toBe(4);
    expect(errors.map((one) => one.id)).toEqual(['c']);
  });

  test.each(['intents', 'gate'] as const)(
    'gives for %s through a running desk what it gives by itself',
    async (kind) => {
      const file = write(`${kind}-both`, FILES[kind]);
      const [local, remote] = await Promise.all([evaluate(kind, file), evaluate(kind, file, '--url', desk.url)]);
      expect(remote.code).toBe(0);
      expect(JSON.parse(remote.stdout)).toEqual(JSON.parse(local.stdout));
    },
  );

  const unreadable: [string, Kind, (object | string)[], RegExp][] = [
    ['is not JSON', 'intents', [FILES.intents[0]!, '{"id":'], /:2.*JSON/],
    ['lacks a field', 'gate', [{ ...FILES.gate[0], expect: undefined }], /:1 .*expect/],
    ['has a field too many', 'profiles', [{ ...FILES.profiles[0], mood: 'good' }], /:1 .*mood/],
    [
      'has a value that is none',
      'gate',
      [FILES.gate[0]!, { ...FILES.gate[0], id: 'z', expect: 'maybe' }],
      /:2 .*expect/,
    ],
    [
      'has a wrong type deep inside',
      'suggestions',
      [{ ...FILES.suggestions[0], history: [{ from: 'nobody', text: 'x' }] }],
      /:1 .*history/,
    ],
    ['has the name of another', 'followups', [FILES.followups[0]!, FILES.followups[0]!], /:2 .*id/],
  ];
  test.each(unreadable)('names file and line of one that %s', async (_what, kind, lines, place) => {
    const file = write(`bad-${kind}`, lines);
    const { code, stdout, stderr } = await evaluate(kind, file);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr.startsWith(file)).toBe(true);
    expect(stderr.slice(file.length)).toMatch(place);
  });

  const misused: [string, string[], number, RegExp][] = [
    ['no kind', [], 2, /^usage: huashu eval/],
    ['an unknown kind', ['moods', 'x.jsonl'], 2, /^usage: huashu eval/],
    ['no file', ['gate'], 2, /^usage: huashu eval/],
    ['a file that is not there', ['gate', '/nowhere/x.jsonl'], 1, /\/nowhere\/x\.jsonl: there is no such file/],
    ['labels without lines to learn from', ['labels', 'x.jsonl'], 2, /--train/],
    ['a number of errors that is none', ['gate', 'x.jsonl', '--errors', '-1'], 2, /--errors/],
    ['a running desk for a kind that needs none', ['profiles', 'x.jsonl', '--url', 'http://127.0.0.1:1'], 2, /--url/],
    ['an option that is none', ['gate', 'x.jsonl', '--fast'], 2, /--fast/],
  ];
  test.each(misused)('with %s says what it takes', async (_what, args, expected, said) => {
    const error = await runEval(args).catch((thrown: unknown) => thrown);
    expect(explainFailure(error)).toMatch(said);
    expect(isMisuse(error)).toBe(expected === 2);
  });

  test('ends with 2 when its words are off and with 1 when a file is not there', async () => {
    const [misuse, missing] = await Promise.all([
      evaluate('gate', 'x.jsonl', '--fast'),
      evaluate('gate', '/nowhere/x.jsonl'),
    ]);
    expect([misuse.code, misuse.stdout]).toEqual([2, '']);
    expect([missing.code, missing.stdout, missing.stderr]).toEqual([
      1,
      '',
      '/nowhere/x.jsonl: there is no such file\n',
    ]);
  });
});
