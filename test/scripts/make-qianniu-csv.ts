/**
 * Writes a 千牛 CSV of invented phrases to standard output:
 * `node test/scripts/make-qianniu-csv.ts ROWS [--encoding gb18030|utf-8] > FILE`
 */
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';

type Draw = <T>(from: readonly T[]) => T;

const PRODUCTS = [
  ...['折叠车', '公路车', '儿童平衡车', '骑行头盔', '车前灯', '打气筒', '骑行手套', '防风外套', '速干裤', '水壶架'],
  ...[
    '坐垫套',
    '车锁',
    '尾灯',
    '码表',
    '驮包',
    '手机支架',
    '链条油',
    '补胎工具',
    '骑行眼镜',
    '护膝',
    '反光背心',
    '脚撑',
  ],
] as const;
const COLOURS = ['薄荷绿', '雾灰', '米白', '曜石黑', '樱粉', '天蓝', '墨绿', '香槟金'] as const;
const MATERIALS = ['铝合金', '高碳钢', '涤纶', '棉混纺', '硅胶', '尼龙', '碳纤维', '羊毛混纺'] as const;
const PARTS = ['车架', '龙头', '面料', '内衬', '拉链', '底座', '外壳', '绑带'] as const;
const CARRIERS = ['中通', '圆通', '韵达', '顺丰', '申通', '极兔'] as const;
const PROVINCES = ['广东', '浙江', '四川', '湖北', '辽宁', '云南', '山东', '福建', '陕西', '江苏'] as const;
const FAULTS = ['少件', '破损', '色差', '异响', '开线', '松动', '掉漆', '发错颜色'] as const;
const USES = ['通勤', '露营', '郊游', '夜骑', '接送孩子', '长途骑行', '健身', '买菜'] as const;
const HELLO = ['', '', '亲，', '您好，', '亲亲，', '您好呀，'] as const;
const BYE = ['', '', '有问题随时找我。', '祝您生活愉快。', '您看可以吗？', '辛苦您了。', '我一直在。'] as const;

type Template = (draw: Draw, n: (from: number, to: number) => number) => string;

const TEMPLATES: Readonly<Record<string, readonly Template[]>> = {
  商品参数: [
    (d, n) => `这款${d(PRODUCTS)}的${d(PARTS)}是${d(MATERIALS)}，净重大约${n(1, 90) / 10}公斤，适合${d(USES)}`,
    (d, n) =>
      `${d(PRODUCTS)}有${d(COLOURS)}和${d(COLOURS)}，身高${n(140, 195)}厘米左右的话选${d(['小号', '中号', '大号'])}比较合适`,
    (d) => `${d(PRODUCTS)}的${d(PARTS)}可以单独拆下来清洗，${d(MATERIALS)}不要用漂白剂，平铺晾干就好`,
    (d, n) =>
      `${d(PRODUCTS)}说明书里写的承重是${n(30, 150)}公斤，${d(USES)}足够用，${d(PARTS)}部分还带了${n(2, 9)}颗固定螺丝`,
    (d) =>
      `${d(COLOURS)}的${d(PRODUCTS)}实物比图片略${d(['深', '浅', '暗', '亮'])}一点，${d(MATERIALS)}${d(PARTS)}，介意的话可以看看${d(COLOURS)}`,
  ],
  发货物流: [
    (d, n) => `${d(PROVINCES)}一般发${d(CARRIERS)}，付款后${n(12, 72)}小时内出库，路上${n(2, 7)}天左右`,
    (d) => `您的快递是${d(CARRIERS)}，单号XX，现在在${d(PROVINCES)}中转，${d(PRODUCTS)}是整箱发的`,
    (d) => `您的订单#订单号#已经打包，${d(PRODUCTS)}今天交给${d(CARRIERS)}，到了${d(PROVINCES)}会有短信`,
    (d, n) => `偏远地区补运费（价格）元，${d(PROVINCES)}发${d(CARRIERS)}大约多${n(1, 4)}天，${d(PRODUCTS)}按体积计费`,
  ],
  退款售后: [
    (d, n) => `${d(PRODUCTS)}出现${d(FAULTS)}，请拍${d(PARTS)}照片发来，核实后${n(1, 3)}个工作日给您处理方案`,
    (d) => `退货请寄到***，包裹里放上写了旺旺名的纸条，${d(PRODUCTS)}的${d(PARTS)}要一起寄回`,
    (d, n) =>
      `退款原路返回，${d(['花呗', '银行卡', '余额'])}大约${n(1, 7)}天到账，${d(PRODUCTS)}${d(FAULTS)}的运费由我们出`,
    (d) => `{买家昵称}您反馈的${d(PRODUCTS)}${d(FAULTS)}已经登记，${d(PARTS)}配件从${d(PROVINCES)}仓补发`,
  ],
  优惠活动: [
    (d, n) =>
      `${d(PRODUCTS)}满${n(2, 9) * 50}减${n(1, 9) * 5}，和${d(['店铺券', '会员价', '新客礼'])}可以一起用，活动到[活动结束时间]`,
    (d, n) => `现在拍${d(PRODUCTS)}送${d(PRODUCTS)}一份，前${n(20, 200)}名有效，${d(COLOURS)}随机发`,
    (d) => `这款${d(PRODUCTS)}现在只要（价格）元，${d(COLOURS)}库存不多，${d(USES)}很实用`,
  ],
};
const GROUPS = Object.keys(TEMPLATES);
const PREFIXES: Readonly<Record<string, string>> = { 商品参数: 'cs', 发货物流: 'fh', 退款售后: 'tk', 优惠活动: 'yh' };

/** Rows of code, phrase and group; some are bad in the ways real files are. The same seed gives the same rows. */
export function makeQianniuRows(count: number, seed = 1): string[][] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const draw: Draw = (from) => from[Math.floor(random() * from.length)]!;
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const rows: string[][] = [];
  for (let i = 0; i < count; i++) {
    const group = draw(GROUPS);
    const text = `${draw(HELLO)}${draw(TEMPLATES[group]!)(draw, between)}。${draw(BYE)}`;
    const code = i % 3 === 0 ? `${PREFIXES[group]}${(i % 1296).toString(36)}` : '';
    rows.push(spoil([code, text, i % 11 === 0 ? '' : group], i, rows));
  }
  return rows;
}

/** What goes wrong in real files: no phrase, a repetition, a page instead of a phrase, breaks and quotes inside. */
function spoil([code, text, group]: [string, string, string], i: number, before: readonly string[][]): string[] {
  if (i % 97 === 96) return [code, '', group];
  if (i % 89 === 88) return [...before[i - 40]!];
  if (i % 83 === 82) return ['', before[i - 30]![1]!.replace('。', '哦。'), group];
  if (i % 211 === 210) return [code, text.repeat(6), group];
  if (i % 53 === 52) return [code, `【温馨提示】\n${text}\n"${text.slice(0, 6)}"`, group];
  return [code, text, group];
}

/** The rows as the bytes of a file; one row has a byte that GB18030 does not know. */
export function makeQianniuCsv(count: number, encoding: 'gb18030' | 'utf-8' = 'gb18030', seed = 1): Uint8Array {
  const rows = makeQianniuRows(count, seed);
  const text = stringify([['快捷短语编码', '快捷短语', '快捷短语分组'], ...rows], {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  });
  if (encoding === 'utf-8') return Buffer.from(`\uFEFF${text}`, 'utf8');
  return Buffer.concat([iconv.encode(text, 'gb18030'), Buffer.from('bad,'), Buffer.of(0xff), Buffer.from(',\r\n')]);
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { encoding: { type: 'string', default: 'gb18030' } },
  });
  const encoding = values.encoding === 'utf-8' ? 'utf-8' : 'gb18030';
  process.stdout.write(makeQianniuCsv(Number(positionals[0] ?? 1000), encoding));
}
