/** A whole desk for the browser: the real app on embedded engines, in a folder that goes with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../src/app.ts';
import { ConfigSchema } from '../../src/config.ts';
import type { Mind } from '../../src/create-mind.ts';
import { DEMO_AGENTS } from '../../src/demo/demo-people.ts';
import { openMind } from '../flow/start-desk.ts';

/** A running desk and its people. */
export interface TestDesk {
  app: App;
  url: string;
  /** Login and password of a person of the demo shop. */
  person(login: string): { login: string; password: string };
  close(): Promise<void>;
}

/** Eleven in the morning in the demo shop's zone, whatever the hour of the test: the desk is open then. */
function shopMorningOffsetMs(nowMs: number): number {
  const dayMs = 86_400_000;
  const morningUtcMs = 3 * 3_600_000;
  return morningUtcMs - (nowMs % dayMs);
}

/**
 * A mind that learns in no time: a lesson is the model that ships under another name, with figures to show. A real one
 * takes the processor from the pages for many seconds; the flow test gives it.
 */
async function openQuickMind(): Promise<Mind> {
  const mind = await openMind();
  let lessons = 0;
  const train: Mind['teacher']['train'] = async (corrections) => {
    lessons += 1;
    const count = corrections.length;
    return {
      verdict: 'better',
      model: new Uint8Array([lessons]),
      hash: String(lessons).padStart(16, '0'),
      figures: [
        {
          name: 'corrections',
          lines: count,
          live: 0,
          candidate: count,
        },
      ],
      changed: corrections.map(({ id, text, intents }) => ({
        set: 'corrections',
        id,
        text,
        expected: intents,
        live: 'unknown',
        candidate: intents[0] ?? 'unknown',
        change: 'mended',
      })),
      trainMs: 1000,
    };
  };
  return { ...mind, teacher: { ...mind.teacher, train }, understandWith: () => mind.understanding };
}

/** Starts a desk with the demo shop and its pages on a free port. */
export async function startDesk(): Promise<TestDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'huashu-browser-'));
  const offsetMs = shopMorningOffsetMs(Date.now());
  const app = await createApp(ConfigSchema.parse({ PORT: 0, DATA_DIR: folder, LOG_LEVEL: 'warn' }), {
    clock: { now: () => Date.now() + offsetMs },
    mind: await openQuickMind(),
  });
  return {
    app,
    url: app.url,
    person(login) {
      const found = DEMO_AGENTS.find((agent) => agent.login === login);
      if (!found)
        throw new Error(`${login} is not a demo login: ${DEMO_AGENTS.map((agent) => agent.login).join(', ')}`);
      return { login, password: found.password };
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
