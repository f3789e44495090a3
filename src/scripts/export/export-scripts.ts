import type { Script } from '../../protocol/script.ts';
import { exportScriptFile } from '../export-library.ts';
import { type ImportForm, TOOL_OF_FORM } from '../import/import-row.ts';
import type { ScriptFile } from '../load-library.ts';
import type { ExportNote } from './export-note.ts';
import { listWordings } from './list-wordings.ts';
import { writeChatwoot, writeGorgias, writeZendesk } from './write-json.ts';
import { type CsvEncoding, fitQianniu, writeQianniuCsv, writeQianniuXlsx } from './write-qianniu.ts';

/** How scripts are written. */
export interface ExportOptions {
  /** Titles of the scripts' groups, by script id; a script without one is ungrouped. */
  groups?: ReadonlyMap<string, string>;
  /** Every wording in a row of its own, or the first alone. Default `all`. */
  wordings?: 'all' | 'first';
  /** Of a CSV. Default `gb18030`, which Excel and 千牛 read on a Chinese Windows. */
  encoding?: CsvEncoding;
  /** Head of a YAML file. */
  file?: Pick<ScriptFile, 'group' | 'title'>;
}

/** A written file, and what it could not say. */
export interface ExportedFile {
  bytes: Uint8Array;
  notes: readonly ExportNote[];
}

const OWN_FILE = { group: 'exported', title: { zh: '导出的话术', en: 'Exported scripts' } } as const;

/**
 * Writes scripts in the form of another tool, or as a file of our own library. The same scripts give the same rows.
 *
 * Only YAML keeps guards, intents, modes and buyer types; the other forms keep codes, groups, titles and texts.
 */
export async function exportScripts(
  scripts: readonly Script[],
  form: ImportForm,
  options: ExportOptions = {},
): Promise<ExportedFile> {
  const { groups = new Map<string, string>(), wordings = 'all', encoding = 'gb18030', file = OWN_FILE } = options;
  if (form === 'yaml')
    return { bytes: Buffer.from(exportScriptFile({ ...file, scripts: [...scripts] }), 'utf8'), notes: [] };
  const notes: ExportNote[] = [];
  const listed = listWordings(scripts, TOOL_OF_FORM[form], { groups, wordings }, notes);
  switch (form) {
    case 'qianniu-csv':
      return { bytes: writeQianniuCsv(fitQianniu(listed, notes), encoding), notes };
    case 'qianniu-xlsx':
      return { bytes: await writeQianniuXlsx(fitQianniu(listed, notes)), notes };
    case 'chatwoot':
      return { bytes: writeChatwoot(listed), notes };
    case 'zendesk':
      return { bytes: writeZendesk(listed), notes };
    case 'gorgias':
      return { bytes: writeGorgias(listed), notes };
  }
}
