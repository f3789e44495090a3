/** Finds a browser for the tests, or unpacks the one that comes in an npm package. */
import { existsSync } from 'node:fs';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Path of a Chromium: `CHROMIUM_PATH`, else an installed one, else the one of `@sparticuz/chromium`,
 * which is unpacked into the system's temporary folder once. Only one process may call this at a time.
 */
export async function findChromium(): Promise<string> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) return chosen;
  const found = installed.find((path) => existsSync(path));
  if (found) return found;
  const { default: chromium } = await import('@sparticuz/chromium');
  return await chromium.executablePath();
}

/** Arguments for a browser that is alone, without a sandbox or graphics, and talks to nobody. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
