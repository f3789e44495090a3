import { readWorkbook } from '../../lib/read-workbook.ts';
import { findHeader, readTable } from './find-columns.ts';
import { type ReadRows, refuseRow } from './import-row.ts';

/** Reads the first sheet of an Excel file (.xlsx) that has a header of phrases. */
export async function readXlsx(bytes: Uint8Array, into: ReadRows): Promise<void> {
  const workbook = await readWorkbook(bytes);
  if ('refused' in workbook) {
    into.refused.push(refuseRow(0, 'file', workbook.refused, { problem: workbook.problem }));
    return;
  }
  const sheet = workbook.sheets.find((table) => findHeader(table)) ?? workbook.sheets[0];
  readTable(sheet ?? [], 'xlsx', into);
}
