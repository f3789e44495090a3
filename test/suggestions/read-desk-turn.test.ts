import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/protocol/turn.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { type DeskMove, isPending, moveOf, readDeskTurn, repliesTo } from '../../src/suggestions/read-desk-turn.ts';

/** After these the desk owes something or waits for something. */
const OPEN: readonly (readonly [DeskMove, string])[] = [
  ['greeted', '您好，请问有什么可以帮您？'],
  ['greeted', '您好'],
  ['greeted', '在的亲'],
  ['asked', '您的身高体重是多少'],
  ['asked', '是哪一件出了问题'],
  ['asked', '收到的是什么颜色呢？'],
  ['asked', '麻烦把订单号发我'],
  ['asked', '请您提供一下收货手机号'],
  ['asked', '辛苦拍一下破损的地方'],
  ['asked', '方便描述一下声音是从哪里来的吗'],
  ['asked', '鞋底开胶的位置拍给我看看好吗'],
  ['asked', '发票抬头呢'],
  ['asked', '您平时穿几码'],
  ['asked', '请问是现在要还是周末要'],
  ['asked', '地址是中山路12号对吗'],
  ['asked', '您试过换一个插座没'],
  ['offered', '我给您补发一个壶盖可以吗'],
  ['offered', '这边帮您登记换货，您看行吗'],
  ['offered', '给您申请退运费好吗'],
  ['offered', '需要我帮您催一下快递吗'],
  ['offered', '帮您取消这一单可以不'],
  ['waits', '稍等，我看一下库存'],
  ['waits', '好的，正在为您核实'],
  ['waits', '我去问一下仓库'],
  ['waits', '马上帮您查'],
  ['waits', '您等一下哈'],
  ['waits', '这就给您处理'],
  ['waits', '好的，我帮您改地址'],
  ['waits', '那我帮您登记'],
  ['sent', '您先把旧的寄回来'],
  ['sent', '请您在订单里点申请退款'],
  ['sent', '建议您重新下单'],
  ['sent', '您可以在详情页下面查看'],
  ['sent', '麻烦您重启一下试试'],
  ['sent', '新订单提交上去就可以了'],
];

/** After these nothing is owed and nothing is waited for. */
const SHUT: readonly (readonly [DeskMove, string])[] = [
  ['answered', '防水等级是PU3000'],
  ['answered', '是的，可以机洗'],
  ['answered', '面料是纯棉'],
  ['answered', '有货的'],
  ['answered', '这款偏大，选小一码正好'],
  ['answered', '保质期三十六个月，密封放阴凉处'],
  ['answered', '默认发中通'],
  ['answered', '两款鞋底一样'],
  ['did', '已经帮您改好地址'],
  ['did', '给您登记好了'],
  ['did', '退款申请成功了'],
  ['did', '已为您备注加急'],
  ['did', '优惠券已经发放，补差处理好了'],
  ['did', '都帮您取消了'],
  ['did', '换货单提交好了'],
  ['promised', '两个工作日内会有专员联系您'],
  ['promised', '寄出后短信通知您'],
  ['promised', '三天左右到账'],
  ['promised', '明天下午会安排师傅上门'],
  ['promised', '有消息尽快回复您'],
  ['promised', '请耐心等待，二十四小时内处理'],
  ['handed', '补运费的链接：https://shop.example/item/postage'],
  ['handed', '退货地址：示例路8号仓库'],
  ['handed', '单号是88002233445566'],
  ['refused', '抱歉，这款停产了'],
  ['refused', '这个颜色暂时没有了，无法预订'],
  ['refused', '不支持货到付款的'],
  ['refused', '很遗憾，拆封后不能退了'],
  ['asksMore', '请问还有其他可以帮您的吗'],
  ['asksMore', '还有别的需要吗'],
  ['asksMore', '好的，您看还有什么问题'],
  ['asksMore', '不客气，还有其它疑问吗？'],
  ['closed', '不客气，祝您生活愉快'],
  ['closed', '感谢您的支持，再见'],
  ['closed', '应该的，欢迎常来'],
];

const agent = (text: string): Turn => ({ from: 'agent', text });
const buyer = (text: string): Turn => ({ from: 'buyer', text });

describe('what a turn of the desk does', () => {
  it.each([...OPEN, ...SHUT])('%s: %s', (move, text) => {
    expect(moveOf(text)).toBe(move);
  });

  it.each(OPEN)('%s leaves something open: %s', (_move, text) => {
    expect(isPending(readDeskTurn([buyer('有个事'), agent(text)]))).toBe(true);
  });

  it.each(SHUT)('%s leaves nothing open: %s', (_move, text) => {
    expect(isPending(readDeskTurn([buyer('有个事'), agent(text)]))).toBe(false);
  });

  it('is nothing in a sticker, and the words before it count', () => {
    expect(moveOf('#E-s[12]#E-s[3]')).toBeUndefined();
    expect(readDeskTurn([agent('稍等，我查一下'), agent('#E-s[12]')]).move).toBe('waits');
  });

  it('is none before the desk has spoken; an away reply is no person', () => {
    expect(readDeskTurn([]).move).toBe('none');
    expect(readDeskTurn([buyer('在吗'), { from: 'auto', text: '我们九点上线' }]).move).toBe('none');
  });
});

describe('what the buyer said since', () => {
  it.each([
    ['a wish leaves it open', '能改地址吗', true],
    ['a fact leaves it open', '我这里取消不了的', true],
    ['a yes does not', '好的', false],
    ['thanks do not', '谢谢啦', false],
    ['nothing left does not', '没有了', false],
  ])('%s', (_why, text, open) => {
    expect(isPending(readDeskTurn([agent('默认发中通'), buyer(text)]))).toBe(open);
  });

  it('a question that was answered with yes is done with, an accepted offer is not', () => {
    expect(isPending(readDeskTurn([agent('地址是中山路12号对吗'), buyer('对')]))).toBe(false);
    expect(isPending(readDeskTurn([agent('给您补发一个可以吗'), buyer('可以')]))).toBe(true);
  });

  it('what the desk read back and the buyer confirmed is owed', () => {
    expect(isPending(readDeskTurn([agent('那就是两单都换成公司抬头'), buyer('是的')]))).toBe(true);
    expect(isPending(readDeskTurn([agent('两单都换好了'), buyer('是的')]))).toBe(false);
  });

  it('a nod of the desk leaves open what was asked of it, and what it was busy with', () => {
    expect(isPending(readDeskTurn([buyer('麻烦月底前催一下'), agent('好的呢')]))).toBe(true);
    expect(isPending(readDeskTurn([agent('我去催一下财务，稍等'), buyer('辛苦了'), agent('没事儿')]))).toBe(true);
    expect(isPending(readDeskTurn([buyer('付款就能开票了是吗'), agent('是的')]))).toBe(false);
    expect(isPending(readDeskTurn([agent('已经给您改好了'), buyer('谢谢'), agent('不客气')]))).toBe(false);
  });

  it('a long greeting that tells the buyer what to do has taken the matter up', () => {
    const long = `您好，有什么可以帮您的吗？${'很抱歉给您带来不便，'.repeat(4)}您可以直接在订单里提交售后申请，填好原因就行`;
    expect(readDeskTurn([agent(long)]).engaged).toBe(true);
  });

  it('a desk that greeted, or asked which order it is, has not taken the matter up', () => {
    expect(readDeskTurn([agent('您好'), agent('麻烦发一下订单号')]).engaged).toBe(false);
    expect(readDeskTurn([agent('您好'), agent('这款不能退哦')]).engaged).toBe(true);
  });
});

describe('the answer to the desk', () => {
  it.each([
    ['您的身高体重是多少', '170 120斤', true],
    ['麻烦把订单号发我', '88002233445566', true],
    ['收货地址是哪里', '浙江宁波', true],
    ['为什么要退', '不太合适', true],
    ['是哪一件出了问题', '那个小的', true],
    ['给您补发一个可以吗', '可以', true],
    ['方便拍一下吗', '晚上拍', true],
    ['什么时候买的', '上个月底', true],
    ['您的身高体重是多少', '你们怎么还不发货？', false],
    ['麻烦把订单号发我', '订单号在哪里看', false],
    ['收货地址是哪里', '包邮吗', false],
    ['给您补发一个可以吗', '要多久才能到', false],
    ['是哪一件出了问题', '算了我要投诉你们，三天了没有一个人来管这件事情', false],
    ['默认发中通', '浙江宁波', false],
    ['已经帮您改好地址', '88002233445566', false],
    ['稍等，我看一下库存', '可以', false],
  ])('%s — %s: %s', (asked, said, replies) => {
    expect(repliesTo(readDeskTurn([agent(asked)]), said)).toBe(replies);
  });
});

describe('the library itself', () => {
  const texts = (...cards: string[]) =>
    loadLibrary(join(import.meta.dirname, '../../scripts-library'))
      .scripts.filter(({ card }) => cards.includes(card))
      .flatMap(({ variants }) => variants)
      .filter(({ language }) => language === undefined)
      .map(({ text }) => text.replaceAll(/\{[^}]*\}/g, '小禾'));

  it('greets in words that are read as a greeting', () => {
    for (const text of texts('SCR-01')) expect([text, moveOf(text)]).toEqual([text, 'greeted']);
  });

  it('takes leave in words that are read as that', () => {
    for (const text of texts('SCR-140', 'SCR-141')) expect([text, moveOf(text)]).toEqual([text, 'closed']);
  });

  it('takes a matter up in words that leave it open', () => {
    for (const text of texts('SCR-05', 'SCR-100')) {
      expect([text, ['waits', 'asked'].includes(moveOf(text) ?? '')]).toEqual([text, true]);
    }
  });
});
