import { describe, expect, test } from 'vitest';
import { convertPlaceholders } from '../../src/scripts/import/convert-placeholders.ts';
import { lintLibrary } from '../../src/scripts/lint-library.ts';
import { SLOT_LABELS, TOOL_PLACEHOLDERS } from '../../src/scripts/slot-labels.ts';
import { SLOT_CATALOGUE } from '../../src/suggestions/slot-catalogue.ts';
import { makeScript } from './fixtures.ts';

const slots = new Map(Object.entries(SLOT_CATALOGUE).map(([name, entry]) => [name, entry.example]));

function convert(text: string): string {
  return convertPlaceholders(text, slots).text;
}

describe('placeholders with a clear meaning become slots', () => {
  test.each([
    ['您的订单#订单号#已发出', '您的订单{order.id}已发出'],
    ['单号{快递单号}', '单号{order.trackingNo}'],
    ['快递单号是***，请查收', '快递单号是{order.trackingNo}，请查收'],
    ['中通发出，单号XX', '中通发出，单号{order.trackingNo}'],
    ['我是客服XX，很高兴为您服务', '我是客服{agent.name}，很高兴为您服务'],
    ['我叫{{agent.name}}', '我叫{agent.name}'],
    ['{{ current_user.first_name }}在', '{agent.name}在'],
    ['欢迎光临XX', '欢迎光临{shop.name}'],
    ['XX店欢迎您', '{shop.name}店欢迎您'],
    ['欢迎来到【店铺名称】，请问', '欢迎来到{shop.name}，请问'],
    ['这款（价格）元', '这款{product.price}'],
    ['只要¥{价格}起', '只要{product.price}起'],
    ['售价XX元', '售价{product.price}'],
    ['退款金额：____元', '退款金额：{refund.amount}'],
    ['包裹由【快递公司】承运，已发出', '包裹由{order.carrier}承运，已发出'],
    ['默认发{快递公司}', '默认发{shipping.carrier}'],
    ['{{ticket.customer.integrations.shopify.orders[0].name}}', '{order.id}'],
    ['{{ order.tracking_number | default: "-" }}', '{order.trackingNo}'],
    ['$'.concat('{order_id}'), '{order.id}'],
    ['<%= order.id %>', '{order.id}'],
    ['请寄到[退货地址]', '请寄到{return.address}'],
    ['｛订单号｝', '{order.id}'],
  ])('%s', (from, to) => {
    expect(convert(from)).toBe(to);
  });
});

describe('what is left open is marked and no linter lets it pass', () => {
  test.each([
    ['{{contact.name}}您好', '{待填：买家称呼}您好'],
    ['您好{{ customer.firstname | capitalize }}', '您好{待填：买家称呼}'],
    ['{buyer}您好', '{待填：买家称呼}您好'],
    ['亲爱的[姓名]，', '亲爱的{待填：买家称呼}，'],
    ['【姓名】您好', '{待填：买家称呼}您好'],
    ['@姓名 您好', '{待填：买家称呼} 您好'],
    ['XX先生您好', '{待填：买家称呼}先生您好'],
    ['运费XX元', '运费{待填：运费}元'],
    ['补运费（价格）元', '补运费{待填：运费}元'],
    ['立减XX元', '立减{待填：优惠金额}元'],
    ['需要XX天', '需要{待填：天数}天'],
    ['（  ）天内', '{待填：天数}天内'],
    ['____元', '{待填：金额}元'],
    ['优惠了*元哦', '优惠了{待填：金额}元哦'],
    ['您要的某某到了', '您要的{待填：内容}到了'],
    ['寄往○○', '寄往{待填：内容}'],
    ['尺码建议××码', '尺码建议{待填：尺码}码'],
    ['发XX快递', '发{待填：快递公司}快递'],
    ['{随便什么}', '{待填：随便什么}'],
    ['{{dc.greeting}}', '{待填：dc.greeting}'],
    ['{% if vip %}尊贵的{% endif %}', '{待填：if vip}尊贵的{待填：endif}'],
    ['{}', '{待填：内容}'],
    ['请联系【】', '请联系{待填：内容}'],
  ])('%s', (from, to) => {
    expect(convert(from)).toBe(to);
    const script = makeScript({ variants: [{ text: to }] });
    const findings = lintLibrary([script], { guards: new Set(), slots, cards: [] });
    expect(findings.map(({ rule }) => rule)).toContain('placeholder');
  });

  test('a slot the catalogue does not have is left open by its name', () => {
    expect(convertPlaceholders('单号{快递单号}', new Map()).text).toBe('单号{待填：快递单号}');
  });
});

describe('what only looks like a placeholder stays as it is', () => {
  test.each([
    ['快递单号138****0000'],
    ['尺码有S、M、XL、XXL、XXXL'],
    ['尺寸20*30cm'],
    ['***温馨提示***'],
    ['* 不要暴晒'],
    ['这款**不支持**退换'],
    ['发到a***b@qq.com'],
    ['【发货时间】付款后48小时内发出'],
    ['[微笑]好的'],
    ['【包邮】全场满99'],
    ['价格（含税）另算'],
    ['退货（运费）由我们承担'],
    ['《使用说明》在包装里'],
    ['某某有限公司'],
    ['参加#双十一#活动'],
    ['打8折，省20%左右%'],
    ['{order.amount}'],
    ['{待填：买家称呼}您好'],
    ['/:^_^'],
  ])('%s', (text) => {
    expect(convertPlaceholders(text, slots)).toEqual({ text, notices: [] });
  });
});

test('tells what became of each placeholder', () => {
  const { notices } = convertPlaceholders('{{contact.name}}，单号{快递单号}', slots);
  expect(notices).toMatchObject([
    { code: 'open-placeholder', params: { from: '{{contact.name}}', to: '{待填：买家称呼}' } },
    { code: 'slot-filled-in', params: { from: '{快递单号}', to: '{order.trackingNo}' } },
  ]);
});

test('a text converted twice is the same', () => {
  const once = convert('{{contact.name}}，XX元，#订单号#，{随便}，运费（  ）元');
  expect(convert(once)).toBe(once);
});

test('every label stands for one slot of the catalogue and is read back as it', () => {
  for (const [slot, label] of Object.entries(SLOT_LABELS)) {
    expect(slots.has(slot), slot).toBe(true);
    expect(convert(`{${label}}`), label).toBe(`{${slot}}`);
  }
});

test('what the tools fill themselves is read back', () => {
  for (const placeholders of Object.values(TOOL_PLACEHOLDERS)) {
    for (const [name, placeholder] of Object.entries(placeholders))
      expect(convert(placeholder), placeholder).toBe(slots.has(name) ? `{${name}}` : `{待填：${name}}`);
  }
});
