import { Converter } from 'opencc-js/t2cn';

let convert: ((text: string) => string) | undefined;

/** Turns traditional into simplified characters; other characters stay. The table is built on the first call. */
export function toSimplified(text: string): string {
  const converter = convert ?? Converter({ from: 't', to: 'cn' });
  convert = converter;
  return converter(text);
}
