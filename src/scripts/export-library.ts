import { stringify } from 'yaml';
import { ScriptFileSchema } from '../protocol/script.ts';
import type { ScriptFile } from './load-library.ts';

/**
 * Writes a group of scripts as a file of the library. Fields at their default are left out,
 * so that a file read and written again stays short.
 *
 * @throws ZodError when the group breaks the form of a library file
 */
export function exportScriptFile(file: ScriptFile): string {
  const checked = ScriptFileSchema.parse(file);
  const scripts = checked.scripts.map(({ buyerTypes, setsOff, ...script }) => ({
    ...script,
    ...(buyerTypes.length > 0 && { buyerTypes }),
    ...(setsOff.length > 0 && { setsOff }),
    variants: script.variants.map(({ language, ...variant }) => ({
      ...(language !== 'zh-Hans' && { language }),
      ...variant,
    })),
  }));
  const head = '# yaml-language-server: $schema=../src/protocol/generated/scripts-library.schema.json\n';
  return head + stringify({ ...checked, scripts }, { lineWidth: 0, collectionStyle: 'any' });
}
