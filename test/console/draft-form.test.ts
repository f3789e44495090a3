import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  checkedBody,
  type FormAction,
  formOf,
  newForm,
  problemsOf,
  reduceForm,
  requiredSlots,
  sameForm,
} from '../../src/console/library/editor/draft-form.ts';
import { createFormStore } from '../../src/console/library/editor/form-store.ts';
import { findOffers } from '../../src/console/library/editor/pick-box.tsx';
import {
  countCharacters,
  cutSlots,
  fillExamples,
  lengthLimit,
  slotBegun,
} from '../../src/console/library/editor/slot-text.ts';
import { ScriptBodySchema } from '../../src/protocol/library.ts';
import { LENGTH_LIMITS } from '../../src/protocol/script.ts';
import { scriptBody } from './library-examples.ts';

describe('the form of a script', () => {
  const body = scriptBody(['我是{agent.name}', '您好，{agent.name}为您服务'], {
    slots: ['agent.name'],
    technique: 'CT-2',
    variants: [
      { text: '我是{agent.name}', language: 'zh-Hans', buyerTypes: ['BT-1'], guards: ['buyerReturning'] },
      { text: 'I am {agent.name}', language: 'en', segments: ['SEG-1'] },
    ],
  });
  const act = (...actions: FormAction[]) => actions.reduce(reduceForm, formOf(body, 'greeting'));
  const texts = (...actions: FormAction[]) => act(...actions).variants.map(({ text }) => text);

  it('untouched sends what it was made of', () => {
    expect(bodyOf(formOf(body, 'greeting'))).toEqual(body);
    expect(sameForm(act(), formOf(structuredClone(body), 'greeting'))).toBe(true);
  });

  it('changed sends the change alone', () => {
    const form = act(
      { type: 'variantSet', key: 0, change: { buyerTypes: [] } },
      { type: 'set', change: { technique: '' } },
    );
    const { technique, ...rest } = body;
    expect(bodyOf(form)).toEqual({
      ...rest,
      variants: [{ text: '我是{agent.name}', language: 'zh-Hans', guards: ['buyerReturning'] }, body.variants[1]],
    });
    expect(sameForm(form, act())).toBe(false);
  });

  it('moves, adds and removes wordings', () => {
    expect(texts({ type: 'variantMoved', key: 1, step: -1 })).toEqual(['I am {agent.name}', '我是{agent.name}']);
    expect(texts({ type: 'variantMoved', key: 0, step: -1 })).toEqual(['我是{agent.name}', 'I am {agent.name}']);
    expect(texts({ type: 'variantAdded', after: 0 })).toEqual(['我是{agent.name}', '', 'I am {agent.name}']);
    expect(texts({ type: 'variantRemoved', key: 0 })).toEqual(['I am {agent.name}']);
  });

  it('keeps its last wording', () => {
    expect(texts({ type: 'variantRemoved', key: 0 }, { type: 'variantRemoved', key: 1 })).toHaveLength(1);
  });

  it('asks for the slots every Chinese wording carries, and for those it asked for and still has', () => {
    const variant = (text: string, language: 'zh-Hans' | 'en' = 'zh-Hans') => ({ text, language });
    const form = formOf(
      scriptBody([], {
        slots: ['shop.name', 'gone'],
        variants: [variant('{agent.name}在{shop.name}'), variant('{agent.name}'), variant('Hello', 'en')],
      }),
      'greeting',
    );
    expect(requiredSlots(form)).toEqual(['shop.name', 'agent.name']);
  });

  it('takes the Chinese title where there is no English one', () => {
    const form = act({ type: 'set', change: { titleZh: ' 招呼 ', titleEn: ' ' } });
    expect(bodyOf(form).title).toEqual({ zh: '招呼', en: '招呼' });
    expect(formOf(bodyOf(form), 'greeting').titleEn).toBe('');
  });

  it('of a further script takes over the conditions of its card, not its words', () => {
    const form = newForm('SCR-01-a', 'SCR-01', 'greeting', body);
    expect(form).toMatchObject({ id: 'SCR-01-a', guards: ['agentOnDuty'], technique: 'CT-2', titleZh: '', code: '' });
    expect(form.variants.map(({ text }) => text)).toEqual(['']);
  });

  it('names every field that is still open', () => {
    const form = newForm('SHOP-1', 'SHOP', 'shop');
    expect(problemsOf(form)).toEqual([{ field: 'code' }, { field: 'title' }, { field: 'text', variant: 0 }]);
    const filled: FormAction[] = [
      { type: 'set', change: { code: 'Zh 1', titleZh: '门店', modes: [], sources: [] } },
      { type: 'variantSet', key: 0, change: { text: '来' } },
    ];
    expect(problemsOf(filled.reduce(reduceForm, form)).map(({ field }) => field)).toEqual(['code', 'modes', 'sources']);
  });

  it('can be checked while fields are open', () => {
    expect(ScriptBodySchema.safeParse(checkedBody(newForm('SHOP-1', 'SHOP', 'shop'))).error).toBeUndefined();
  });
});

describe('what is typed', () => {
  function memory() {
    const held = new Map<string, string>();
    return {
      held,
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
      removeItem: (key: string) => void held.delete(key),
    };
  }
  const form = formOf(scriptBody(['您好']), 'greeting');

  it('outlives a reload, for whoever typed it', () => {
    const storage = memory();
    createFormStore(storage, 'a').write('SCR-01', { form, revision: 3 });
    expect(createFormStore(storage, 'a').read('SCR-01')).toEqual({ form, revision: 3 });
    expect(createFormStore(storage, 'b').read('SCR-01')).toBeUndefined();
  });

  it.each(['{"form":', '5', '{"form":{"variants":1}}'])('is forgotten when what was stored is %j', (stored) => {
    const storage = memory();
    storage.held.set('huashu.library.a.SCR-01', stored);
    expect(createFormStore(storage, 'a').read('SCR-01')).toBeUndefined();
  });
});

describe('a text with slots', () => {
  it('is cut at them', () => {
    expect(cutSlots('到{shop.name}看').map(({ from, slot }) => [from, slot])).toEqual([
      [0, undefined],
      [1, 'shop.name'],
      [12, undefined],
    ]);
  });

  it('is filled with examples; an unknown slot stays', () => {
    expect(fillExamples('{a}和{b}', new Map([['a', '甲']]))).toBe('甲和{b}');
  });

  it('counts characters as people do', () => {
    expect(countCharacters('好😊\n的')).toBe(3);
  });

  it('has the limits of the library in Chinese', () => {
    for (const length of ['L1', 'L2', 'L3'] as const) {
      expect(lengthLimit(length, 'zh-Hans')).toBe(LENGTH_LIMITS[length]);
      expect(lengthLimit(length, 'en')).toBeGreaterThanOrEqual(LENGTH_LIMITS[length]);
    }
  });

  it.each([
    ['到{sho', 5, { from: 1, query: 'sho' }],
    ['到{', 2, { from: 1, query: '' }],
    ['到{shop.name}', 12, undefined],
    ['到{shop name', 11, undefined],
    ['到', 1, undefined],
  ])('%j at %i begins the slot %j', (text, cursor, begun) => {
    expect(slotBegun(text, cursor)).toEqual(begun);
  });
});

describe('what a picker finds', () => {
  const offers = [
    { id: 'buyerReturning', name: 'buyerReturning', about: 'The buyer bought here before' },
    { id: 'agentOnDuty', name: 'agentOnDuty', about: 'Somebody is on duty for the buyer' },
  ];

  it.each([
    ['', ['buyerReturning', 'agentOnDuty']],
    ['BUYER', ['buyerReturning', 'agentOnDuty']],
    ['agent', ['agentOnDuty']],
    ['duty buyer', ['agentOnDuty']],
    ['nothing', []],
  ])('for %j', (query, ids) => {
    expect(findOffers(offers, query).map(({ id }) => id)).toEqual(ids);
  });
});
