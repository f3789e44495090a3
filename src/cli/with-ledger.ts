/** The record for a command; with the embedded one the desk must not be running. */
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { holdFolder } from '../lib/hold-folder.ts';
import { openPostgres } from '../postgres/connect.ts';
import { openLedger } from '../postgres/open-ledger.ts';
import type { Ledger } from '../turn/ports.ts';

/** Opens the record, works, closes it. */
export async function withLedger(work: (ledger: Ledger) => Promise<number>): Promise<number> {
  const config = readConfig();
  const release = holdFolder(config.DATA_DIR, config.DATABASE_URL === undefined);
  try {
    const connection = await openPostgres(
      config.DATABASE_URL === undefined
        ? { dataDir: join(config.DATA_DIR, 'postgres') }
        : { url: config.DATABASE_URL, poolSize: 2 },
    );
    try {
      return await work(openLedger(connection));
    } finally {
      await connection.close();
    }
  } finally {
    release();
  }
}
