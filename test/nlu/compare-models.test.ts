import { describe, expect, test } from 'vitest';
import { compareModels } from '../../src/nlu/compare-models.ts';
import { parseIntentLine } from '../../src/nlu/read-evaluation-file.ts';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import type { Analysis } from '../../src/protocol/turn.ts';

function analysisOf(first: MessageIntent, confidence: number, outOfScope = 0, abstained = false): Analysis {
  const intents = [{ intent: first, confidence, evidence: [] }];
  return { intents, held: [], outOfScope, abstained, entities: [], mood: 'calm', language: 'zh-Hans', model: '' };
}
function lineOf(intents: MessageIntent[]) {
  const context = { order: null, prev: [] };
  return parseIntentLine(JSON.stringify({ id: '1', text: '话', context, intents, acceptable: [] }));
}
async function changeOf(intents: MessageIntent[], live: Analysis, candidate: Analysis) {
  const sets = [{ name: 's', lines: [lineOf(intents)] }];
  const { sets: figures, changed } = await compareModels(
    sets,
    () => live,
    () => candidate,
  );
  return [changed[0]?.change, figures[0]?.live, figures[0]?.candidate];
}

describe('compareModels', () => {
  test.each<[string, MessageIntent[], Analysis, Analysis, unknown[]]>([
    [
      'the same answer',
      ['INT-GEN-01'],
      analysisOf('INT-GEN-01', 0.9),
      analysisOf('INT-GEN-01', 0.7),
      [undefined, 1, 1],
    ],
    ['mended', ['INT-GEN-01'], analysisOf('INT-GEN-04', 0.9), analysisOf('INT-GEN-01', 0.7), ['mended', 0, 1]],
    ['broken', ['INT-GEN-01'], analysisOf('INT-GEN-01', 0.9), analysisOf('INT-GEN-04', 0.7), ['broken', 1, 0]],
    [
      'wrong in another way',
      ['INT-GEN-01'],
      analysisOf('INT-GEN-04', 0.9),
      analysisOf('INT-GEN-05', 0.7),
      ['neither', 0, 0],
    ],
    [
      'out of scope, answered',
      [],
      analysisOf('INT-GEN-01', 0.4, 0.5, true),
      analysisOf('INT-GEN-01', 0.8, 0.1),
      ['broken', 1, 0],
    ],
    [
      'over the edge by a hair',
      [],
      analysisOf('INT-GEN-01', 0.59, 0.1, true),
      analysisOf('INT-GEN-01', 0.61, 0.1),
      ['neither', 1, 1],
    ],
  ])('%s', async (_, intents, live, candidate, expected) => {
    expect(await changeOf(intents, live, candidate)).toEqual(expected);
  });
});
