import { Converter } from 'opencc-js/t2cn';

let toSimplified: ((text: string) => string) | undefined;
const simplified = new Map<string, string>();

/** Form in which cues are looked for: simplified characters, half width, lower case, one word for "you"; at most 400 characters. */
export function simplifyText(text: string): string {
  let result = '';
  for (const unit of text.slice(0, 400)) result += simplifyUnit(unit);
  return result.trim();
}

function simplifyUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code < 0x80) return unit.toLowerCase();
  let form = simplified.get(unit);
  if (form === undefined) {
    form = convert(unit, code);
    if (simplified.size < 20_000) simplified.set(unit, form);
  }
  return form;
}

function convert(unit: string, code: number): string {
  if (unit === '您' || unit === '妳') return '你';
  if (code === 0x3000) return ' ';
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0).toLowerCase();
  if (code >= 0x4e00 && code <= 0x9fff) {
    const converter = toSimplified ?? Converter({ from: 't', to: 'cn' });
    toSimplified = converter;
    return converter(unit);
  }
  return unit === '、' || unit === ';' ? ',' : unit;
}
