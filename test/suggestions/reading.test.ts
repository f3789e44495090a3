import { describe, expect, it } from 'vitest';
import { findAskedAttributes, findNamedSkus } from '../../src/suggestions/asked-items.ts';
import { findSize, readMeasurements } from '../../src/suggestions/measure-body.ts';

describe('measurements in free words', () => {
  it.each([
    ['身高165 体重104斤', { heightCm: 165, weightKg: 52 }],
    ['我1米7，60公斤', { heightCm: 170, weightKg: 60 }],
    ['1.62m 体重48', { heightCm: 162, weightKg: 48 }],
    ['163高 110斤', { heightCm: 163, weightKg: 55 }],
    ['胸围88腰围70臀围92', { bustCm: 88, waistCm: 70, hipCm: 92 }],
    ['脚长24.5', { footCm: 24.5 }],
    ['这个多少钱', {}],
    ['预算300元以内', {}],
    ['腰围两尺三，身高170', { waistCm: 76.7, heightCm: 170 }],
    ['身高170 腰围2尺2', { waistCm: 73.3, heightCm: 170 }],
    ['1米68 二尺四的腰', { waistCm: 80, heightCm: 168 }],
    ['腰围两尺半', { waistCm: 83.3 }],
    ['一米六五 一百零五斤', { heightCm: 165, weightKg: 52.5 }],
    ['一百二十三斤', { weightKg: 61.5 }],
  ])('%s', (text, expected) => {
    expect(readMeasurements(text)).toEqual(expected);
  });
});

describe('a size', () => {
  const table = { S: { heightCm: [150, 160] }, M: { heightCm: [160, 170] } } as const;
  it.each([
    [{ heightCm: 155 }, 'S'],
    [{ heightCm: 160 }, undefined],
    [{ heightCm: 170 }, undefined],
    [{ heightCm: 175 }, undefined],
    [{}, undefined],
  ])('for %j is %s', (told, size) => {
    expect(findSize(table, told)).toBe(size);
  });

  it('is not given when two overlap', () => {
    expect(findSize({ S: { waistCm: [60, 70] }, M: { waistCm: [66, 76] } }, { waistCm: 68 })).toBeUndefined();
  });
});

describe('asked attributes', () => {
  const attrs = { 材质: '高硼硅玻璃', 容量: '1.5升', 重量: '480克', 气味: '几乎没有' };
  it.each([
    ['什么料子的', ['材质'], false],
    ['能装几升水', ['容量'], false],
    ['重不重 多大容量', ['容量', '重量'], false],
    ['续航多久', [], true],
    ['好看吗', [], false],
    ['壶是什么玻璃的', ['材质'], false],
    ['玻璃壶多少钱', [], false],
    ['这个重不重', ['重量'], false],
    ['气味重不重', ['气味'], false],
    ['材质和袖长', ['材质'], true],
    ['高硼的还是钠钙的', ['材质'], false],
    ['我一米六多高', [], false],
    ['150的有货吗', [], false],
    ['玻璃的都不透气，你这个容量肯定够吧', ['容量'], false],
    ['容量够吧，透气吗', ['容量'], true],
  ])('in %s', (message, known, unknown) => {
    expect(findAskedAttributes(message, attrs, '玻璃冷水壶')).toEqual({ known, unknown });
  });
});

describe('named variants', () => {
  it.each([
    ['黑色L码还有吗', ['黑色-L', '黑色-M', '白色-L'], ['黑色-L'], false],
    ['L码有没有', ['黑色-L', '黑色-M', '白色-L'], ['黑色-L', '白色-L'], false],
    ['XL有吗', ['L', 'M'], [], true],
    ['米白的有吗', ['白色', '米白'], ['米白'], false],
    ['白的有吗', ['白色', '米白'], ['白色'], false],
    ['粉色还有货吗', ['白色', '黑色'], [], true],
    ['20的有货吗', ['薄荷-20寸', '薄荷-24寸'], ['薄荷-20寸'], false],
    ['这个有货吗', ['白色', '黑色'], [], false],
    ['藏青M和石灰L哪个好', ['藏青-M', '藏青-L', '石灰-M', '石灰-L'], ['藏青-M', '石灰-L'], false],
    ['M码的藏青跟L码的石灰', ['藏青-M', '藏青-L', '石灰-M', '石灰-L'], ['藏青-M', '石灰-L'], false],
    ['藏青m 石灰l 都有吗', ['藏青-M', '藏青-L', '石灰-M', '石灰-L'], ['藏青-M', '石灰-L'], false],
    ['藏青M和石灰M有货吗', ['藏青-M', '藏青-L', '石灰-M'], ['藏青-M', '石灰-M'], false],
    ['藏青M和L', ['藏青-M', '藏青-L', '石灰-M'], ['藏青-M', '藏青-L'], false],
    ['藏青和石灰哪个好', ['藏青-M', '藏青-L', '石灰-M'], ['藏青-M', '藏青-L', '石灰-M'], false],
    ['牛奶的没了吗', ['牛奶味', '原味'], ['牛奶味'], false],
    ['原来那种还有吗', ['牛奶味', '原味'], [], false],
  ])('in %s', (message, skus, named, unknown) => {
    expect(findNamedSkus(message, skus)).toEqual({ skus: named, unknown });
  });
});
