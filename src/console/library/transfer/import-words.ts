/** What an import has to tell, in the reader's language: the desk sends codes, values and an English sentence. */
import type { Translate } from '../../i18n/language.tsx';
import { type MessageKey, zh } from '../../i18n/zh.ts';

type Params = Readonly<Record<string, string | number>>;
/** A remark or a refusal as the desk sends it. */
export interface Told {
  code: string;
  params: Params;
}

const isKey = (key: string): key is MessageKey => key in zh;

/** Why a row or a file is refused; `sentence` stands for a code the page does not know. */
export function sayRefusal(t: Translate, { code, params }: Told, sentence: string): string {
  const key = `import.refusal.${code}`;
  return isKey(key) ? t(key, params) : sentence;
}

/** What there is to know of a row; `sentence` as above. */
export function sayNotice(t: Translate, { code, params }: Told, sentence: string): string {
  const key = `import.notice.${code}`;
  return isKey(key) ? t(key, params) : sentence;
}

/** The part of a row that is at fault. */
export function sayField(t: Translate, field: string): string {
  const key = `import.part.${field}`;
  return isKey(key) ? t(key) : field;
}

/** The refusal that an error carries, if any. */
export function refusalOf(details: unknown): Told | undefined {
  if (typeof details !== 'object' || details === null || !('code' in details) || !('params' in details))
    return undefined;
  const { code, params } = details;
  return typeof code === 'string' && typeof params === 'object' ? { code, params: params as Params } : undefined;
}
