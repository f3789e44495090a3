/** `huashu goods import FILE` and `huashu goods export FILE`: the catalogue of a shop, from a file and to one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../lib/clock.ts';
import { readGoodsApart } from '../orders/import/read-apart.ts';
import { writeGoods } from '../orders/import/write-goods.ts';
import { GOODS_FORMS, GOODS_IMPORT_PARTS, type GoodsImportPart, type GoodsReport } from '../protocol/goods.ts';
import { planGoods, reportGoods, savePlan } from '../turn/import-goods.ts';
import type { Ledger } from '../turn/ports.ts';
import { UsageError } from './usage.ts';
import { withLedger } from './with-ledger.ts';

const PARTS = GOODS_IMPORT_PARTS.join('|');
const USAGE = `usage: huashu goods import FILE [--dry-run] [--part ${PARTS}] [--shop ID] [--json]
       huashu goods export FILE.${GOODS_FORMS.join('|FILE.')} [--part ${PARTS}] [--shop ID]`;
/** Lines of each kind that are shown; the rest is counted. */
const SHOWN = 20;

/** Runs the sub-command; 1 when nothing of the file can be read. */
export async function runGoods(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      part: { type: 'string', default: 'listing' },
      shop: { type: 'string' },
    },
  });
  const [command, file, ...more] = positionals;
  const part = GOODS_IMPORT_PARTS.find((known) => known === values.part);
  if (file === undefined || more.length > 0 || !part) throw new UsageError(USAGE);
  if (command === 'import') {
    const bytes = readFileSync(file);
    return await withLedger((ledger) =>
      importFile(ledger, { bytes, file, part, shop: values.shop, isDry: values['dry-run'], isJson: values.json }),
    );
  }
  const form = GOODS_FORMS.find((known) => extname(file) === `.${known}`);
  if (command !== 'export' || !form) throw new UsageError(USAGE);
  return await withLedger(async ({ people, orders }) => {
    const shopId = (await findShop(people, values.shop)).id;
    const [products, promos] = [await orders.products(shopId), await orders.promos(shopId)];
    writeFileSync(file, await writeGoods({ products, promos }, part, form));
    process.stdout.write(`${part === 'promos' ? promos.length : products.length} written to ${file}\n`);
    return 0;
  });
}

interface ImportOrder {
  bytes: Uint8Array;
  file: string;
  part: GoodsImportPart;
  shop: string | undefined;
  isDry: boolean;
  isJson: boolean;
}

async function importFile(ledger: Ledger, { bytes, file, part, shop, isDry, isJson }: ImportOrder): Promise<number> {
  const { id: shopId, tz } = await findShop(ledger.people, shop);
  const read = await readGoodsApart(bytes, { part, tz });
  const importing = { shopId, atMs: systemClock.now() };
  const report = await ledger.transaction(async ({ orders, desk }) => {
    if (!isDry) await orders.lockGoods(shopId);
    const plan = await planGoods(orders, read, importing);
    const planned = reportGoods(plan, read, part, !isDry);
    if (!isDry) {
      await savePlan(orders, shopId, plan);
      await desk.audit(shopId, 'cli', 'goods', { what: 'import', part, ...planned.counts }, importing.atMs);
    }
    return planned;
  });
  if (isJson) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else printReport(report, file);
  return report.counts.rows > report.counts.refused ? 0 : 1;
}

async function findShop(people: Ledger['people'], wanted: string | undefined) {
  const shops = await people.shops();
  const shop = wanted === undefined && shops.length === 1 ? shops[0] : shops.find(({ id }) => id === wanted);
  if (!shop)
    throw new UsageError(`--shop is ${wanted ?? 'not given'}: it takes one of ${shops.map(({ id }) => id).join(', ')}`);
  return shop;
}

function printReport({ applied, added, changed, refused, ignored, counts }: GoodsReport, file: string): void {
  const print = (kind: string, lines: readonly string[], count: number) => {
    for (const line of lines.slice(0, SHOWN)) process.stdout.write(`${kind.padEnd(9)} ${line}\n`);
    if (count > SHOWN) process.stdout.write(`${kind.padEnd(9)} … ${count - SHOWN} more (--json shows them)\n`);
  };
  print(
    'added',
    added.map(({ row, id, title }) => `row ${row}: ${id} ${title}`),
    counts.added,
  );
  print(
    'changed',
    changed.map(({ row, id, title, changes }) => {
      const told = changes.map(({ field, before, after }) => `${field}: ${before ?? '-'} → ${after ?? '-'}`);
      return `row ${row}: ${id} ${title} (${told.join('; ')})`;
    }),
    counts.changed,
  );
  print(
    'refused',
    refused.map(
      ({ row, column, value, legal }) => `${row === 0 ? 'the file' : `row ${row}`}: ${column} is "${value}": ${legal}`,
    ),
    refused.length,
  );
  if (ignored.length > 0) process.stdout.write(`ignored   columns ${ignored.join(', ')}\n`);
  const { rows, unchanged } = counts;
  process.stdout.write(
    `${file}: ${rows} rows, ${counts.added} added, ${counts.changed} changed, ${unchanged} unchanged, ${counts.refused} rows refused${applied ? '' : ' (dry run: nothing was written)'}\n`,
  );
}
