/** What a message asks of the timers, where it stands in its conversation. */
import { describe, expect, test } from 'vitest';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import type { Message } from '../../src/protocol/records.ts';
import type { TurnContext } from '../../src/turn/ports.ts';
import { readRefusalIn, saysNo, saysNoIn } from '../../src/turn/read-wishes.ts';

const REMINDER = '亲，您的订单还没付款哦';

/** A conversation of these lines, the last the one that is read; the desk's begin with `>`. */
function inTalk(lines: readonly string[], state?: string) {
  const messages = lines.map((line, at): Message => {
    const isDesk = line.startsWith('>');
    return {
      id: `m${at}`,
      conversationId: 'c1',
      seq: at + 1,
      from: isDesk ? 'auto' : 'buyer',
      text: isDesk ? line.slice(1) : line,
      sentAt: at,
    };
  });
  const orders = state === undefined ? [] : [{ state }];
  return readRefusalIn({ messages, orders } as unknown as TurnContext, messages.at(-1)!);
}

describe('a refusal where it stands', () => {
  test('a vague no counts after a reminder, also when the buyer wrote once more in between', () => {
    expect(inTalk(['不用了'])).toBeUndefined();
    expect(inTalk([`>${REMINDER}`, '不用了'])).toBe('reminders');
    expect(inTalk([`>${REMINDER}`, '知道了', '不用再来了'])).toBe('all');
  });
  test('a reminder long before is not what is answered', () => {
    expect(inTalk([`>${REMINDER}`, '在吗', '这款有L码吗', '黑色的', '要纯棉的', '不用了'])).toBeUndefined();
  });
  test('a line after the message says nothing of it', () => {
    const messages = [
      { seq: 1, from: 'buyer', text: '不用了' },
      { seq: 2, from: 'auto', text: REMINDER },
    ];
    const context = { messages, orders: [] } as unknown as TurnContext;
    expect(readRefusalIn(context, messages[0] as Message)).toBeUndefined();
  });
  test('while a parcel is due a bare 别发了 is about it', () => {
    expect(inTalk(['别发了'], 'unpaid')).toBe('all');
    expect(inTalk(['别发了'], 'paid')).toBeUndefined();
  });
});

describe('a no to what is at hand', () => {
  test.each<[string, MessageIntent[], boolean]>([
    ['不买了', ['INT-GEN-06'], true],
    ['这单不要了', ['INT-IN-09'], true],
    ['我妈已经给我买了一个，用不着了', [], true],
    ['满三百凑不够，活动不参加了', ['INT-PRE-16'], true],
    ['订单别给我取消啊，我马上付', ['INT-IN-09'], false],
    ['要是不要了能取消吗', ['INT-IN-09'], false],
    ['再想想，先不买', ['INT-GEN-05', 'INT-GEN-06'], false],
    ['晚上再付', ['INT-IN-06'], false],
    ['不要了，退货', ['INT-AS-01'], false],
    ['有黑色的吗', ['INT-PRE-01'], false],
    ['好的谢谢', ['INT-GEN-04'], false],
  ])('%s, read as %o: %s', (text, held, no) => {
    expect(saysNo({ held }, text)).toBe(no);
  });
  test.each([
    ['还有别的要我帮忙吗？', '不用了谢谢', false],
    ['需要给您开发票吗', '不用', false],
    ['还有别的要我帮忙吗？', '不用了，这单我不买了', true],
    ['您看要帮您下单吗', '不用了', true],
    ['这款是纯棉的', '不用了', true],
  ])('after "%s" comes "%s"', (asked, text, no) => {
    const messages = [
      { seq: 1, from: 'agent', text: asked },
      { seq: 2, from: 'buyer', text },
    ] as Message[];
    expect(saysNoIn({ messages }, messages[1]!, { held: ['INT-GEN-06'] })).toBe(no);
  });
});
