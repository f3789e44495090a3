import { createServer, type Socket } from 'node:net';
import { execPath } from 'node:process';
import { describe, expect, it } from 'vitest';
import { runSteps, type Step } from '../../src/cli/run-steps.ts';

const script = (name: string, code: string): Step => ({ name, command: [execPath, '-e', code] });

async function run(steps: Step[]): Promise<{ failed: string[]; lines: string[] }> {
  const lines: string[] = [];
  const failed = await runSteps(steps, 2, (line) => lines.push(line));
  return { failed, lines };
}

describe('steps of a check', () => {
  it('that end with 0 pass on one line each, whatever they print', async () => {
    const { failed, lines } = await run([script('one', 'console.log("noise")'), script('two', '')]);
    expect(failed).toEqual([]);
    expect(lines.map((line) => line.replace(/[\d.]+ s$/, '').trim()).sort()).toEqual(['ok   one', 'ok   two']);
  });

  it('that fail are named in the order of the steps, with what they said on both streams', async () => {
    const { failed, lines } = await run([
      script('late', 'setTimeout(() => { console.log("out"); console.error("err"); process.exitCode = 3 }, 50)'),
      script('good', ''),
      script('early', 'process.exitCode = 1'),
    ]);
    expect(failed).toEqual(['late', 'early']);
    const text = lines.join('\n');
    expect(text).toMatch(/FAIL late/);
    expect(text).toMatch(/out\n?.*err/s);
    expect(text).toMatch(/ended with 1/);
  });

  it('whose program is missing fail', async () => {
    const { failed, lines } = await run([{ name: 'gone', command: ['huashu-no-such-program'] }]);
    expect(failed).toEqual(['gone']);
    expect(lines.join('\n')).toMatch(/ENOENT/);
  });

  it('that are killed fail', async () => {
    const { failed, lines } = await run([script('killed', 'process.kill(process.pid, "SIGKILL")')]);
    expect(failed).toEqual(['killed']);
    expect(lines.join('\n')).toMatch(/SIGKILL/);
  });

  it('run as many at once as is allowed', async () => {
    let met = 0;
    // Each step waits until the other has come too: one after the other they would never end.
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      if (++met === 2) for (const each of sockets) each.end('go');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as { port: number };
    const meet = `require('node:net').connect(${port}, '127.0.0.1').resume()`;
    const { failed } = await run([script('a', meet), script('b', meet)]);
    server.close();
    expect(failed).toEqual([]);
  });
});
