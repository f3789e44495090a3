/** Text that Chatwoot keeps as Markdown, and the same as a buyer reads it. */

/** Signs that a backslash takes the meaning from. */
const SIGNS = '\\*_[]';
const ESCAPED = /\\([\\*_[\]])/g;
/** Escaped signs while the others are read, from the private use area, which no phrase holds. */
const HIDDEN = /[\uE000-\uE004]/g;
const FIRST_HIDDEN = 0xe000;

/** The words of a Markdown text: what is bold or a link there stands here as it is read. A lone star may be a hole. */
export function markdownToText(markdown: string): string {
  return markdown
    .replace(ESCAPED, (_whole, sign: string) => String.fromCharCode(FIRST_HIDDEN + SIGNS.indexOf(sign)))
    .replace(/(?<![*_])(\*\*|__)(?=\S)([^*_\n]{1,200})(?<=\S)\1(?![*_])/g, '$2')
    .replace(/!?\[([^[\]\n]{1,200})\]\((https?:\/\/[^\s()]{1,500})\)/g, '$1 $2')
    .replace(/\\$/gm, '')
    .replace(HIDDEN, (hidden) => SIGNS[hidden.charCodeAt(0) - FIRST_HIDDEN]!);
}

/** The Markdown that is read as the text; the text itself where nothing in it has a meaning there. */
export function textToMarkdown(text: string): string {
  return markdownToText(text) === text ? text : text.replace(/[\\*_[\]]/g, '\\$&');
}
