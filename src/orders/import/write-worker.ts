/** The thread that `writeGoods` starts for a workbook: writes its cells, posts the bytes, ends. */
import { parentPort, workerData } from 'node:worker_threads';
import writeExcelFile from 'write-excel-file/node';

const { cells, sheet } = workerData as { cells: readonly (readonly string[])[]; sheet: string };
const rows = cells.map((line) => line.map((value) => ({ type: String, value })));
parentPort?.postMessage(await writeExcelFile(rows, { sheet }).toBuffer());
