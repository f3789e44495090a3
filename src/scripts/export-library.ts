import { Document, isMap, isScalar, isSeq, visit } from 'yaml';
import { ScriptFileSchema } from '../protocol/script.ts';
import type { ScriptFile } from './load-library.ts';

const HEADER = ' yaml-language-server: $schema=../src/protocol/generated/scripts-library.schema.json';

/**
 * Writes a group of scripts as a file of the library, in the layout of the files that ship:
 * a file read and written again is the same text, but for comments.
 * Fields at their default are left out.
 *
 * @throws ZodError when the group breaks the form of a library file
 */
export function exportScriptFile(file: ScriptFile): string {
  const { scripts, ...head } = ScriptFileSchema.parse(file);
  const document = new Document({ ...head, scripts: scripts.map(withoutDefaults) });
  document.commentBefore = HEADER;
  layOut(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

type FileScript = ScriptFile['scripts'][number];

function withoutDefaults({ buyerTypes, technique, slots, guards, length, variants, setsOff, ...rest }: FileScript) {
  const { sources, status, version, ...start } = rest;
  return {
    ...start,
    ...(buyerTypes.length > 0 && { buyerTypes }),
    ...(technique && { technique }),
    slots,
    guards,
    length,
    variants: variants.map(({ text, language, ...more }) => ({
      text,
      ...(language !== 'zh-Hans' && { language }),
      ...more,
    })),
    ...(setsOff.length > 0 && { setsOff }),
    sources,
    status,
    version,
  };
}

/** Short lists and the titles in one line, a blank line between scripts. */
function layOut(document: Document): void {
  visit(document, {
    Pair(_key, { key, value }) {
      const isTitle = isScalar(key) && key.value === 'title' && isMap(value);
      const isShortList = isSeq(value) && value.items.every((item) => isScalar(item));
      if (isTitle || isShortList) value.flow = true;
    },
    Seq(_key, { items }, path) {
      if (path.length > 3) return;
      for (const item of items.slice(1)) if (isMap(item)) item.spaceBefore = true;
    },
  });
}
