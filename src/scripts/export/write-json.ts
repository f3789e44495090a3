import { textToMarkdown } from '../markdown-text.ts';
import { type ExportedWording, numberNames } from './list-wordings.ts';

/** Writes canned responses as the API of Chatwoot lists them. */
export function writeChatwoot(wordings: readonly ExportedWording[]): Uint8Array {
  const codes = numberNames(
    wordings,
    ({ script }) => script.code,
    (code, n) => `${code}-${n}`,
  );
  return toJson(wordings.map(({ text }, i) => ({ short_code: codes[i]!, content: textToMarkdown(text) })));
}

/** Writes macros as the API of Zendesk lists them; the group stands in the title. */
export function writeZendesk(wordings: readonly ExportedWording[]): Uint8Array {
  const titles = numberNames(
    wordings,
    ({ script, group }) => (group === '' ? script.title.zh : `${group}::${script.title.zh}`),
    numbered,
  );
  const macros = wordings.map(({ text }, i) => ({
    title: titles[i]!,
    active: true,
    restriction: null,
    actions: [{ field: 'comment_value', value: text }],
  }));
  return toJson({ macros });
}

/** Writes macros as the API of Gorgias lists them. */
export function writeGorgias(wordings: readonly ExportedWording[]): Uint8Array {
  const names = numberNames(wordings, ({ script }) => script.title.zh, numbered);
  const data = wordings.map(({ text, language }, i) => ({
    name: names[i]!,
    language: language === 'en' ? 'en' : 'zh',
    intent: null,
    actions: [
      {
        name: 'setResponseText',
        title: 'Add response text',
        type: 'user',
        arguments: { body_text: text, body_html: toHtml(text) },
      },
    ],
  }));
  return toJson({ data });
}

function numbered(name: string, n: number): string {
  return `${name} (${n})`;
}

function toHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div>${escaped.replaceAll('\n', '<br>')}</div>`;
}

function toJson(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8');
}
