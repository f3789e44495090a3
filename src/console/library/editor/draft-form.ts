/** A script as a form: what is typed, and what is sent. */
import type { ScriptBody } from '../../../protocol/library.ts';
import type { ScriptVariant } from '../../../protocol/script.ts';
import { slotNames } from './slot-text.ts';

/** A wording in the form. */
export interface FormVariant extends Pick<ScriptVariant, 'text' | 'language'> {
  buyerTypes: NonNullable<ScriptVariant['buyerTypes']>;
  segments: NonNullable<ScriptVariant['segments']>;
  guards: NonNullable<ScriptVariant['guards']>;
  /** Stays with the wording wherever it is moved. */
  key: number;
}

/** What is typed. Slots are read off the texts; everything else is a field. */
export interface DraftForm extends Omit<ScriptBody, 'variants' | 'slots' | 'title' | 'technique'> {
  titleZh: string;
  titleEn: string;
  technique: string;
  group: string;
  /** Slots the script asked for before; kept while a wording has them. */
  declaredSlots: string[];
  variants: FormVariant[];
  nextKey: number;
  /** For whoever decides. */
  note: string;
}

/** Fields that are set as they are. */
type PlainFields = Omit<DraftForm, 'variants' | 'nextKey' | 'declaredSlots'>;

/** What is done to the form. */
export type FormAction =
  | { type: 'set'; change: Partial<PlainFields> }
  | { type: 'variantSet'; key: number; change: Partial<FormVariant> }
  | { type: 'variantAdded'; after?: number }
  | { type: 'variantRemoved'; key: number }
  | { type: 'variantMoved'; key: number; step: -1 | 1 }
  | { type: 'replaced'; form: DraftForm };

/** A field that cannot be saved as it is. */
export interface FormProblem {
  field: 'code' | 'title' | 'text' | 'modes' | 'sources';
  /** Wording, from 0. */
  variant?: number;
}

/** What a form of a script shows at first. */
export function formOf(script: ScriptBody, group: string, note = ''): DraftForm {
  const { variants, slots, title, technique, ...plain } = script;
  return {
    ...plain,
    titleZh: title.zh,
    titleEn: title.en === title.zh ? '' : title.en,
    technique: technique ?? '',
    group,
    declaredSlots: slots,
    variants: variants.map((variant, key) => formVariant(variant, key)),
    nextKey: variants.length,
    note,
  };
}

/** A form of a script that is not there yet. @param like a script of the same card, whose conditions it takes over */
export function newForm(id: string, card: string, group: string, like?: ScriptBody): DraftForm {
  const body: ScriptBody = {
    modes: ['A'],
    intents: [],
    stages: [],
    buyerTypes: [],
    guards: [],
    length: 'L2',
    setsOff: [],
    sources: [OWN_SOURCE],
    ...like,
    id,
    card,
    code: '',
    title: { zh: '', en: '' },
    slots: [],
    variants: [{ text: '', language: 'zh-Hans' }],
  };
  return formOf(body, group);
}

/** Source of a script that the shop wrote for itself. */
const OWN_SOURCE = 'shop';

function formVariant(
  { text, language, buyerTypes = [], segments = [], guards = [] }: ScriptVariant,
  key: number,
): FormVariant {
  return { text, language, buyerTypes, segments, guards, key };
}

/** The next form. */
export function reduceForm(form: DraftForm, action: FormAction): DraftForm {
  const { variants } = form;
  switch (action.type) {
    case 'set':
      return { ...form, ...action.change };
    case 'replaced':
      return action.form;
    case 'variantSet':
      return {
        ...form,
        variants: variants.map((it) => (it.key === action.key ? { ...it, ...action.change } : it)),
      };
    case 'variantAdded': {
      const added = formVariant({ text: '', language: 'zh-Hans' }, form.nextKey);
      const place = variants.findIndex(({ key }) => key === action.after);
      const at = place === -1 ? variants.length : place + 1;
      return { ...form, variants: variants.toSpliced(at, 0, added), nextKey: form.nextKey + 1 };
    }
    case 'variantRemoved':
      return variants.length === 1 ? form : { ...form, variants: variants.filter(({ key }) => key !== action.key) };
    case 'variantMoved': {
      const from = variants.findIndex(({ key }) => key === action.key);
      const to = from + action.step;
      if (from === -1 || to < 0 || to >= variants.length) return form;
      return { ...form, variants: variants.toSpliced(from, 1).toSpliced(to, 0, variants[from]!) };
    }
  }
}

/**
 * The script that is sent. The slots it asks for are those every Chinese wording carries, and those it asked for
 * before and still uses; an English title that is left open is the Chinese one.
 */
export function bodyOf(form: DraftForm): ScriptBody {
  const { titleZh, titleEn, technique, group, declaredSlots, variants, nextKey, note, ...plain } = form;
  const zh = titleZh.trim();
  return {
    ...plain,
    code: form.code.trim(),
    title: { zh, en: titleEn.trim() === '' ? zh : titleEn.trim() },
    ...(technique === '' ? {} : { technique: technique as NonNullable<ScriptBody['technique']> }),
    slots: requiredSlots(form),
    variants: variants.map(({ text, language, buyerTypes, segments, guards }) => ({
      text: text.trim(),
      language,
      ...(buyerTypes.length > 0 ? { buyerTypes } : {}),
      ...(segments.length > 0 ? { segments } : {}),
      ...(guards.length > 0 ? { guards } : {}),
    })),
  };
}

/** The script as it can be checked while fields are still open. */
export function checkedBody(form: DraftForm): ScriptBody {
  const body = bodyOf(form);
  return {
    ...body,
    code: body.code === '' ? 'x' : body.code,
    title: { zh: body.title.zh || '…', en: body.title.en || '…' },
    variants: body.variants.map((variant) => (variant.text === '' ? { ...variant, text: '…' } : variant)),
  };
}

/** Slots every wording must be able to fill. */
export function requiredSlots({ variants, declaredSlots }: Pick<DraftForm, 'variants' | 'declaredSlots'>): string[] {
  const all = variants.map(({ text }) => new Set(slotNames(text)));
  const chinese = all.filter((_, at) => variants[at]!.language === 'zh-Hans');
  const everywhere = [...(chinese[0] ?? [])].filter((slot) => chinese.every((names) => names.has(slot)));
  const kept = declaredSlots.filter((slot) => chinese.some((names) => names.has(slot)));
  return [...new Set([...kept, ...everywhere])];
}

/** What must be mended before the form can be saved. */
export function problemsOf(form: DraftForm): FormProblem[] {
  const problems: FormProblem[] = [];
  if (!/^[a-z0-9]{1,12}$/.test(form.code.trim())) problems.push({ field: 'code' });
  if (form.titleZh.trim() === '') problems.push({ field: 'title' });
  if (form.modes.length === 0) problems.push({ field: 'modes' });
  if (form.sources.length === 0) problems.push({ field: 'sources' });
  form.variants.forEach(({ text }, variant) => {
    if (text.trim() === '') problems.push({ field: 'text', variant });
  });
  return problems;
}

/** Whether two forms would send the same. */
export function sameForm(a: DraftForm, b: DraftForm): boolean {
  const sent = (form: DraftForm) => JSON.stringify([sortKeys(bodyOf(form)), form.group, form.note.trim()]);
  return sent(a) === sent(b);
}

function sortKeys(body: ScriptBody): [string, unknown][] {
  return Object.entries(body).sort(([a], [b]) => a.localeCompare(b));
}
