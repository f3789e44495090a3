/** Builds the web pages for the server to serve; nothing here runs in a browser. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['src/console', 'src/protocol', 'vite.config.ts', 'package-lock.json'];
const hashFile = '.source-hash';

/** True when `outDir` holds the pages built from exactly the present sources. Reads about a hundred small files. */
export function consoleIsFresh(outDir: string): boolean {
  const file = join(outDir, hashFile);
  return existsSync(file) && readFileSync(file, 'utf8') === hashSources();
}

/**
 * Builds the pages into `outDir`, replacing what was there in one step.
 *
 * The bundler runs in a process of its own, so the desk keeps neither its memory nor waits on its work.
 *
 * @throws Error with the bundler's own words when the build fails; `outDir` is then as it was.
 */
export async function buildConsole(outDir: string): Promise<void> {
  const hash = hashSources();
  const building = `${outDir}.building-${process.pid}`;
  try {
    await runVite(building);
    await writeFile(join(building, hashFile), hash);
    await putInPlace(building, outDir);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** Two renames, so that a running desk misses its pages for a moment only. */
async function putInPlace(building: string, outDir: string): Promise<void> {
  const former = `${building}-former`;
  if (existsSync(outDir)) await rename(outDir, former);
  try {
    await rename(building, outDir);
  } catch (error) {
    // Another process was faster; its pages will do when they are of the same sources.
    if (!consoleIsFresh(outDir)) throw error;
  } finally {
    await rm(former, { recursive: true, force: true });
  }
}

function runVite(outDir: string): Promise<void> {
  const vite = join(projectRoot, 'node_modules/vite/bin/vite.js');
  const args = ['build', '--configLoader', 'native', '--logLevel', 'error', '--outDir', outDir, '--emptyOutDir'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, ...args, '--config', join(projectRoot, 'vite.config.ts')], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        output += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the web pages could not be built (vite ended with ${code}):\n${output.trim()}`));
    });
  });
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of listFiles(join(projectRoot, source))) {
      hash.update(relative(projectRoot, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** The file itself, or every file below a folder in a fixed order. */
function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [path];
    throw error;
  }
}
