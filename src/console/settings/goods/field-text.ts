/** Facts of a product as a person types them. */

/** How a field is typed. */
export type FieldKind = 'text' | 'number' | 'yesNo' | 'list' | 'map' | 'numbers' | 'json';

/** The fields in the order they are shown. */
export const FIELD_KINDS = {
  title: 'text',
  category: 'text',
  price: 'number',
  priceFloor: 'number',
  priceFloors: 'numbers',
  stock: 'numbers',
  restockPlan: 'text',
  link: 'text',
  links: 'list',
  itemIds: 'list',
  nicknames: 'list',
  attrs: 'map',
  attrSource: 'text',
  variants: 'map',
  sizeTable: 'json',
  modelStats: 'json',
  care: 'list',
  suitability: 'map',
  colorNote: 'text',
  differences: 'list',
  benefits: 'list',
  guarantees: 'list',
  certificates: 'list',
  rating: 'number',
  reviewCount: 'number',
  reviewShots: 'json',
  pairsWith: 'list',
  offSale: 'yesNo',
} as const satisfies Record<string, FieldKind>;
/** Name of a field. */
export type FieldName = keyof typeof FIELD_KINDS;

/** A value as text: a list has a line for each item, a map one for each name. */
export function writeField(kind: FieldKind, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (kind === 'list') return (value as string[]).join('\n');
  if (kind === 'json') return JSON.stringify(value, null, 2);
  if (kind === 'map' || kind === 'numbers') {
    return Object.entries(value as Record<string, string | number>)
      .map(([name, text]) => `${name}：${text}`)
      .join('\n');
  }
  return String(value);
}

/** What the text says; the desk checks it. @throws SyntaxError when JSON is broken */
export function readField(kind: FieldKind, text: string): unknown {
  const plain = text.trim();
  if (plain === '') return undefined;
  const lines = plain
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  switch (kind) {
    case 'number':
      return Number(plain);
    case 'yesNo':
      return plain === 'true';
    case 'list':
      return lines;
    case 'map':
    case 'numbers':
      return Object.fromEntries(lines.map((line) => readPair(kind, line)));
    case 'json':
      return JSON.parse(plain);
    case 'text':
      return plain;
  }
}

function readPair(kind: FieldKind, line: string): [string, string | number] {
  const at = line.search(/[:：]/);
  const [name, text] = at === -1 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  return [name, kind === 'numbers' ? (text === '' ? Number.NaN : Number(text)) : text];
}
