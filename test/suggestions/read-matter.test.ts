import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/protocol/turn.ts';
import {
  type InvoiceStage,
  type ReturnStage,
  readInvoiceStage,
  readReturnStage,
} from '../../src/suggestions/read-matter.ts';

const agent = (text: string): Turn => ({ from: 'agent', text });
const buyer = (text: string): Turn => ({ from: 'buyer', text });
const ASKED = [buyer('能开发票吗'), agent('可以的，麻烦把抬头和税号发我')];
const WRONG = [buyer('发票抬头开错了'), agent('您好')];
const RUNS = [buyer('帮我开发票'), agent('已经帮您提交，三个工作日开好短信通知您')];

describe('the stage of the invoice', () => {
  it.each<[InvoiceStage, string, Turn[]]>([
    ['wished', '可以开发票吗', []],
    ['wished', '我要开公司抬头的发票', []],
    ['wished', '忘记开发票了', []],
    ['wished', '这个能开专票不', []],
    ['given', '抬头：青山骑行有限公司', ASKED],
    ['given', '税 号 91330200MA2AB12C3D', ASKED],
    ['given', '邮箱 kefu@example.com', ASKED],
    ['given', '个人 陈小溪', ASKED],
    ['given', '青山骑行用品店', ASKED],
    ['asked', '公司', ASKED],
    ['asked', '个人 陈小溪', [buyer('能开发票吗'), agent('发票可以开的')]],
    ['replaced', '公司名称：青山骑行有限公司', WRONG],
    ['replaced', '发票抬头改成青山骑行有限公司', []],
    ['corrected', '发票抬头开错了', []],
    ['corrected', '能把个人发票换成公司的吗', []],
    ['corrected', '发票能重开一张不', [agent('您好')]],
    ['running', '什么时候能收到发票', RUNS],
    ['running', '那发票到哪里下载', RUNS],
    ['running', '帮我催一下发票', []],
    ['running', '发票信息我已经填过了', []],
    ['running', '那我发票写单位的行不', [buyer('发票能改抬头不'), agent('开出的发票无法修改')]],
    ['asked', '三个订单能开在同一张发票上吗', []],
    ['asked', '发票在哪里下载', []],
    ['asked', '是纸质发票还是电子的', ASKED],
    ['asked', '地址也要写吗', ASKED],
    ['none', '防水吗', []],
    ['none', '好的', [agent('默认发中通')]],
    ['none', '报销', [agent('是做什么用的')]],
  ])('%s: %s', (stage, message, history) => {
    expect(readInvoiceStage(message, history)).toBe(stage);
  });
});

describe('the stage of the return', () => {
  it.each<[ReturnStage, string, Turn[]]>([
    ['terms', '不合适能退吗', []],
    ['terms', '支持七天无理由不', []],
    ['terms', '几天之内可以退换', []],
    ['terms', '拆了包装还能退货吗', []],
    ['terms', '不喜欢可以换码不', []],
    ['decided', '我要退货', []],
    ['decided', '算了退了吧', []],
    ['decided', '给我换一个', []],
    ['decided', '不想要了', [agent('退货的话要寄回来')]],
    ['steps', '退货怎么操作', []],
    ['steps', '在哪里申请退款', []],
    ['applied', '我申请了退货，怎么没人理', []],
    ['applied', '退款三天了还没到账', []],
    ['applied', '退货的快递已经寄出去了', []],
    ['applied', '上门取件什么时候来，退货单都提交了', []],
    ['none', '防水吗', []],
    ['none', '申请会员', []],
    ['none', '取件码是多少', []],
  ])('%s: %s', (stage, message, history) => {
    expect(readReturnStage(message, history)).toBe(stage);
  });
});
