/** A text and what could not be taken along. */
export interface PlainText {
  text: string;
  pictures: number;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  middot: '·',
  bull: '•',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  yen: '¥',
  copy: '©',
  reg: '®',
  trade: '™',
  times: '×',
  deg: '°',
};
/** Tags that end a line. */
const BLOCKS = new Set(['br', 'p', 'div', 'li', 'ul', 'ol', 'tr', 'table', 'h1', 'h2', 'h3', 'h4', 'blockquote', 'hr']);
/** Tags whose content nobody reads. */
const SILENT = new Set(['script', 'style', 'head', 'title', 'template']);

const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
/** What a reader could go to, without a scheme that people leave out. */
const ADDRESS = /^(?:mailto:|tel:|(?=https?:\/\/))(.+)$/i;

/** The words of an HTML body, a line for each block; the address of a link stands behind its words. */
export function htmlToText(html: string): PlainText {
  const lines: string[] = [];
  let line = '';
  let pictures = 0;
  let silent: string | undefined;
  let link: { address: string; from: number } | undefined;
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const until = open === -1 ? html.length : open;
    if (silent === undefined) line += html.slice(at, until).replace(/\s+/g, ' ');
    if (open === -1) break;
    const close = html.indexOf('>', open);
    if (close === -1) {
      if (silent === undefined) line += html.slice(open);
      break;
    }
    const tag = /^<\s*(\/?)\s*([a-z][a-z0-9]*)/i.exec(html.slice(open, Math.min(close, open + 40)));
    const name = tag?.[2]?.toLowerCase();
    const isEnd = tag?.[1] === '/';
    if (name === undefined && silent === undefined && !html.startsWith('<!', open)) line += html.slice(open, close + 1);
    if (name === silent && isEnd) silent = undefined;
    else if (name !== undefined && SILENT.has(name) && !isEnd) silent ??= name;
    if (silent === undefined && name !== undefined && BLOCKS.has(name)) {
      lines.push(line);
      line = '';
    }
    if (silent === undefined && name === 'img') pictures += 1;
    if (silent === undefined && name === 'a') {
      if (link && !line.slice(link.from).includes(link.address)) line += `（${link.address}）`;
      const address = isEnd ? undefined : addressOf(html.slice(open, close));
      link = address === undefined ? undefined : { address, from: line.length };
    }
    at = close + 1;
  }
  const kept = [...lines, line].map((one) => one.replace(/ {2,}/g, ' ').trim()).filter((one) => one !== '');
  return { text: decodeEntities(kept.join('\n')).trim(), pictures };
}

function addressOf(tag: string): string | undefined {
  const found = HREF.exec(tag);
  return ADDRESS.exec((found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim())?.[1];
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}
