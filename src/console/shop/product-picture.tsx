import type { DemoProduct } from '../desk/store/desk-api.ts';

/** Drawings of goods on a 96 by 96 field; a shop's own pictures would stand here. */
const drawings = {
  jacket:
    'M34 22h28l6 4 12 30-9 5-7-13v32H32V48l-7 13-9-5 12-30z M48 26v54 M34 22c2 9 8 12 14 12s12-3 14-12 M38 62h6 M52 62h6',
  top: 'M36 22l12 5 12-5 8 4 10 44-9 3-7-25v32H34V48l-7 25-9-3 10-44z M38 23c2 8 18 8 20 0 M34 73h28 M48 31v14',
  trousers: 'M34 20h28l4 58H52l-4-36-4 36H30z M34 28h28 M48 28v14',
  shoe: 'M24 30h16l4 18 24 8c8 3 9 8 9 14H22c-2-14 2-26 2-40z M22 62h55 M40 40l8-3 M42 47l9-3',
  bottle: 'M40 16h16v10l4 6v46c0 3-2 4-4 4H40c-2 0-4-1-4-4V32l4-6z M36 44h24 M36 64h24 M40 26h16',
  blanket: 'M16 34h64v40H16z M16 34l10-10h44l10 10 M32 34v40 M48 34v40 M64 34v40 M16 47h64 M16 61h64',
  dress: 'M38 18l4 14h12l4-14 6 2-4 22 14 38H22l14-38-4-22z M36 42h24',
  bag: 'M26 36h44l6 44H20z M36 36c0-18 24-18 24 0 M26 52h44',
  hat: 'M16 60c20 8 44 8 64 0-4-4-12-6-16-6-2-16-8-26-16-26s-14 10-16 26c-4 0-12 2-16 6z M32 52c10 4 22 4 32 0',
  parcel: 'M20 36l28-14 28 14v28L48 78 20 64z M20 36l28 14 28-14 M48 50v28',
} as const;

type Drawing = keyof typeof drawings;

const GROUNDS = 6;
const words: readonly [RegExp, Drawing][] = [
  [/裙/, 'dress'],
  [/裤/, 'trousers'],
  [/鞋|靴/, 'shoe'],
  [/包|袋/, 'bag'],
  [/帽/, 'hat'],
  [/壶|杯|瓶/, 'bottle'],
  [/毯|垫|巾|被/, 'blanket'],
  [/冲锋|外套|羽绒|风衣|大衣/, 'jacket'],
  [/衣|衫|绒|恤|毛/, 'top'],
];

/** A drawing that fits the product's kind, on one of six grounds. */
export function ProductPicture({
  product,
  ground,
}: {
  product: Pick<DemoProduct, 'title' | 'category'>;
  ground: number;
}) {
  const name = words.find(([word]) => word.test(product.category + product.title))?.[1] ?? 'parcel';
  return (
    <div className={`picture picture-${ground % GROUNDS}`}>
      <svg viewBox="0 0 96 96" fill="none" aria-hidden="true">
        <path d={drawings[name]} strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </div>
  );
}
