import { describe, expect, it } from 'vitest';
import { findApproval, mayAsk } from '../../src/console/desk/composer/find-approval.ts';
import { groupFindings } from '../../src/console/desk/composer/group-findings.ts';
import { insertAtCursor, replaceSlash, slashQuery } from '../../src/console/desk/composer/insert-text.ts';
import { markSlots } from '../../src/console/desk/composer/mark-slots.ts';
import { markSpans } from '../../src/console/desk/composer/mark-spans.ts';
import type { Approval } from '../../src/protocol/library.ts';
import type { Finding } from '../../src/protocol/turn.ts';

describe('inserting a script', () => {
  it.each([
    ['', 0, 'S', 'S', 1],
    ['ab', 1, 'S', 'aSb', 2],
    ['ab', 2, 'S', 'abS', 3],
    ['ab', 9, 'S', 'abS', 3],
    ['ab', -1, 'S', 'Sab', 1],
  ])('into %j at %i leaves every word of the draft', (text, at, insertion, result, cursor) => {
    expect(insertAtCursor(text, at, insertion)).toEqual({ text: result, cursor });
  });
});

describe('the slash search', () => {
  it.each([
    ['/', 1, { query: '', from: 0 }],
    ['/fh', 3, { query: 'fh', from: 0 }],
    ['/fh', 2, { query: 'f', from: 0 }],
    ['好的\n/发货', 6, { query: '发货', from: 3 }],
    ['/', 0, undefined],
    ['a/b', 3, undefined],
    ['/fh ok', 6, undefined],
    ['//', 2, undefined],
    ['https://a', 9, undefined],
    ['/fh\n', 4, undefined],
  ])('in %j with the cursor at %i is %j', (text, cursor, found) => {
    expect(slashQuery(text, cursor)).toEqual(found);
  });

  it('is replaced by what was found', () => {
    expect(replaceSlash('好\n/fh后', 2, 5, '发货')).toEqual({ text: '好\n发货后', cursor: 4 });
  });
});

describe('marking what the gate objects to', () => {
  const finding = (span: [number, number] | null, severity: Finding['severity']): Finding => ({
    rule: 'TAB-03',
    severity,
    span,
    message: '',
    instead: [],
  });
  const marks = (text: string, ...findings: Finding[]) =>
    markSpans(text, findings).map((piece) => `${piece.severity ?? '-'}:${piece.text}`);

  it('cuts the text at the spans', () => {
    expect(marks('abcdef', finding([1, 3], 'W'))).toEqual(['-:a', 'W:bc', '-:def']);
  });

  it('shows the graver finding where two overlap', () => {
    expect(marks('abcdef', finding([0, 4], 'W'), finding([2, 6], 'B'))).toEqual(['W:ab', 'B:cd', 'B:ef']);
  });

  it('marks nothing for the whole text or beyond its end', () => {
    expect(marks('abc', finding(null, 'B'), finding([5, 9], 'B'))).toEqual(['-:abc']);
    expect(marks('abc', finding([2, 9], 'B'))).toEqual(['-:ab', 'B:c']);
  });

  it('loses no character', () => {
    const pieces = markSpans('一二三四五', [finding([1, 2], 'B'), finding([1, 4], 'W')]);
    expect(pieces.map(({ text }) => text).join('')).toBe('一二三四五');
    expect(pieces.map(({ from }) => from)).toEqual([0, 1, 2, 4]);
  });

  it('has one piece for an empty list and none for an empty text', () => {
    expect(marks('abc')).toEqual(['-:abc']);
    expect(marks('')).toEqual([]);
  });
});

describe('marking filled slots', () => {
  const slot = (name: string, value: string) => ({ name, value, source: 'test' });
  const marks = (text: string, ...slots: ReturnType<typeof slot>[]) =>
    markSlots(text, slots).map((piece) => (piece.slot ? `[${piece.slot}:${piece.text}]` : piece.text));

  it('finds a value wherever it stands', () => {
    expect(marks('中通发，中通快', slot('c', '中通'))).toEqual(['[c:中通]', '发，', '[c:中通]', '快']);
  });

  it('prefers the longer value', () => {
    expect(marks('48小时内', slot('n', '48'), slot('norm', '48小时'))).toEqual(['[norm:48小时]', '内']);
  });

  it('leaves a text without values whole', () => {
    expect(marks('你好', slot('x', ''), slot('y', '不在'))).toEqual(['你好']);
  });
});

describe('what the gate objects to, rule by rule', () => {
  const found = (rule: Finding['rule'], severity: Finding['severity'], span: [number, number] | null): Finding => ({
    rule,
    severity,
    span,
    message: `${rule} says`,
    instead: ['SCR-05'],
  });

  it('says it once for all the places, blocks first, in the order of the text', () => {
    const groups = groupFindings('明天一定到明天', [
      found('TAB-22', 'W', [2, 4]),
      found('TAB-24', 'B', [2, 5]),
      found('TAB-24', 'B', [0, 2]),
      found('TAB-24', 'B', [5, 7]),
      found('TAB-22', 'B', null),
    ]);
    expect(groups.map(({ severity, rule, words }) => [severity, rule, ...words])).toEqual([
      ['B', 'TAB-24', '明天', '一定到'],
      ['B', 'TAB-22'],
      ['W', 'TAB-22', '一定'],
    ]);
    expect(groups[0]).toMatchObject({ message: 'TAB-24 says', instead: ['SCR-05'] });
  });
});

describe('the approval of a draft', () => {
  const approval = (id: string, change: Partial<Approval> = {}): Approval => ({
    id,
    conversationId: 'c1',
    buyerName: 'b',
    text: 'x',
    findings: [],
    reason: 'r',
    askedBy: { id: 'me', name: 'm' },
    askedAt: 1,
    answerBy: 2,
    state: 'asked',
    ...change,
  });

  it('is the newest own request about exactly this text in this conversation', () => {
    const all = [
      approval('old'),
      approval('new', { askedAt: 5 }),
      approval('text', { askedAt: 9, text: 'xy' }),
      approval('conversation', { askedAt: 9, conversationId: 'c2' }),
      approval('colleague', { askedAt: 9, askedBy: { id: 'other', name: 'o' } }),
    ];
    expect(findApproval(all, 'me', 'c1', ' x\n')?.id).toBe('new');
    expect(findApproval(all, 'me', 'c1', 'x y')).toBeUndefined();
    expect(findApproval(undefined, 'me', 'c1', 'x')).toBeUndefined();
  });

  const found = (rule: Finding['rule'], severity: Finding['severity']): Finding => ({
    rule,
    severity,
    span: null,
    message: '',
    instead: [],
  });
  it.each([
    ['is nothing to ask about while the gate has not spoken', undefined, false],
    ['is not needed for a warning', { decision: 'warn' as const, findings: [found('TAB-22', 'W')] }, false],
    ['can be asked for a block', { decision: 'block' as const, findings: [found('TAB-22', 'B')] }, true],
    [
      'is not for a text with an open slot',
      { decision: 'block' as const, findings: [found('TAB-22', 'B'), found('TAB-09', 'B')] },
      false,
    ],
  ])('%s', (_name, verdict, may) => {
    expect(mayAsk(verdict)).toBe(may);
  });
});
