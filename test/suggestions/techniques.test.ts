import { describe, expect, it } from 'vitest';
import type { BuyerType, Technique } from '../../src/protocol/ids.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { techniqueFit, techniqueObjection, techniquesOf } from '../../src/suggestions/techniques.ts';
import { context, type SituationParts } from './situation.ts';

describe('techniques', () => {
  it.each<[Technique, BuyerType[], string]>([
    ['CT-3', ['BT-1'], '-'],
    ['CT-3', ['BT-5'], 'x'],
    ['CT-4', ['BT-4'], 'x'],
    ['CT-6', ['BT-4'], 'x'],
    ['CT-1', ['BT-8'], '+'],
    ['CT-7', ['BT-3'], '-'],
    ['CT-2', [], '+'],
    ['CT-6', ['BT-3', 'BT-5'], 'x'],
  ])('%s fits %j: %s', (technique, types, sign) => {
    expect(techniqueFit(technique, types)).toBe(sign);
  });

  it.each<[Technique, SituationParts, string | undefined, string]>([
    ['CT-1', {}, undefined, 'free to use'],
    ['CT-1', { facts: { convo: { techniquesUsed: ['CT-1'] } } }, 'convo.techniquesUsed', 'used once'],
    [
      'CT-4',
      { facts: { convo: { techniquesUsed: ['CT-1', 'CT-2', 'CT-3'] } } },
      'convo.techniquesUsed',
      'three are enough',
    ],
    ['CT-6', { facts: { convo: { saidThinkAgain: true } } }, 'convo.saidThinkAgain', 'think again stops'],
    ['CT-6', { facts: { convo: { saidNo: true } } }, 'convo.saidNo', 'a clear no'],
    ['CT-7', { facts: { convo: { saidNo: true } } }, undefined, 'after a clear no'],
    ['CT-7', { facts: { convo: { saidNo: true, leaveAlone: true } } }, 'convo.leaveAlone', 'left alone'],
    ['CT-3', { facts: { buyer: { types: { 'BT-5': 0.5 } } } }, 'buyer.types', 'exactly at the threshold'],
    ['CT-3', { facts: { buyer: { types: { 'BT-5': 0.49 } } } }, undefined, 'below the threshold'],
    ['CT-3', { message: '别催我了，烦不烦' }, 'convo.leaveAlone', 'annoyed by the pressing'],
    ['CT-3', { message: '你们骗子吧', intents: ['INT-GEN-07'] }, 'convo', 'scolding'],
    ['CT-7', { facts: { convo: { saidNo: true } }, message: '好滴 拜拜' }, 'message', 'has taken leave'],
    ['CT-4', { message: '先这样吧' }, 'message', 'has taken leave'],
    ['CT-1', { facts: { order: { id: 'A', state: 'unpaid' } } }, 'order.state', 'the order is placed'],
    ['CT-5', { facts: { convo: { saidThinkAgain: true } } }, undefined, 'factual form'],
  ])('%s in %j is stopped by %s (%s)', (technique, parts, fact) => {
    expect(techniqueObjection(technique, context(parts))?.fact).toBe(fact);
  });

  it('are told by the cards of a chat, each once, and by the cards of the library', () => {
    expect(techniquesOf(['SCR-01', 'SCR-18', 'SCR-52', 'SCR-18', 'SCR-54'])).toEqual(['CT-5', 'CT-3']);
    for (const { card, technique } of loadLibrary('scripts-library').scripts) {
      if (technique !== undefined) expect(techniquesOf([card])).toEqual([technique]);
    }
  });
});
