/** `huashu follow-ups export FILE`: the ledger of a shop as a file. */
import { createWriteStream } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { LedgerQuerySchema } from '../protocol/records.ts';
import { exportLedger, LEDGER_FORMS } from '../turn/export-ledger.ts';
import { UsageError } from './usage.ts';
import { withLedger } from './with-ledger.ts';

const USAGE =
  'usage: huashu follow-ups export FILE.csv|FILE.jsonl --shop ID [--rule FU-…] [--state STATE] [--order ID] [--buyer ID] [--day YYYY-MM-DD] [--personal]';

/** Runs the sub-command; personal data is masked unless `--personal` is given. */
export async function runFollowUps(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      shop: { type: 'string' },
      rule: { type: 'string' },
      state: { type: 'string' },
      order: { type: 'string' },
      buyer: { type: 'string' },
      day: { type: 'string' },
      personal: { type: 'boolean', default: false },
    },
  });
  const [command, file, ...more] = positionals;
  const { shop: shopId, order: orderId, buyer: buyerId, personal, ...rest } = values;
  const form = LEDGER_FORMS.find((known) => file !== undefined && extname(file) === `.${known}`);
  if (command !== 'export' || file === undefined || more.length > 0 || !form || shopId === undefined) {
    throw new UsageError(USAGE);
  }
  const given = Object.entries({ ...rest, orderId, buyerId }).filter(([, value]) => value !== undefined);
  const { data: query, error } = LedgerQuerySchema.safeParse(Object.fromEntries(given));
  if (!query) {
    const [issue] = error.issues;
    throw new UsageError(`--${issue?.path.join('.').replace('Id', '')}: ${issue?.message}\n${USAGE}`);
  }
  return await withLedger(async (ledger) => {
    const shop = await ledger.people.shop(shopId);
    if (!shop) throw new UsageError(`--shop is ${shopId}: there is no shop of that id`);
    const reader = { ledger, shop: async () => shop };
    await pipeline(Readable.from(exportLedger(reader, { shopId, query, form, personal })), createWriteStream(file));
    process.stdout.write(`the ledger of ${shopId} is in ${file}\n`);
    return 0;
  });
}
