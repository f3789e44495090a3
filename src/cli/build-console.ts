/** Builds the web pages ahead of the first start: `npm run build`. A start with fresh pages needs no bundler. */
import { join } from 'node:path';
import { buildConsole } from '../console/build.ts';
import { ROOT } from './project-paths.ts';

await buildConsole(join(ROOT, 'dist', 'console'));
