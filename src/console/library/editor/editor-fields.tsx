import { type Dispatch, type ReactNode, useId } from 'react';
import type { Script } from '../../../protocol/script.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { BUYER_TYPES, groupName, LENGTHS, MODES, STAGES, TECHNIQUES, wordName } from '../names.ts';
import { type DraftForm, type FormAction, type FormProblem, requiredSlots } from './draft-form.ts';
import { TagPicker } from './tag-picker.tsx';
import { ToggleList } from './toggle-list.tsx';
import type { Offers } from './use-offers.ts';

/** Group of scripts that the shop adds for itself. */
const OWN_GROUP = 'shop';

/** Everything about a script beside its wordings. */
export function EditorFields({
  form,
  dispatch,
  groups,
  offers,
  problems,
}: {
  form: DraftForm;
  dispatch: Dispatch<FormAction>;
  groups: readonly string[];
  offers: Offers;
  problems: readonly FormProblem[];
}) {
  const { t } = useLanguage();
  const set = (change: Extract<FormAction, { type: 'set' }>['change']) => dispatch({ type: 'set', change });
  const name = (field: string) => (word: string) => wordName(field, word, t, (id) => id);
  const wrong = (field: FormProblem['field']) => problems.some((problem) => problem.field === field);
  const slots = requiredSlots(form);
  return (
    <div className="editor-fields">
      <TextField
        label={t('field.titleZh')}
        value={form.titleZh}
        wrong={wrong('title')}
        onText={(titleZh) => set({ titleZh })}
      />
      <div className="field-pair">
        <TextField
          label={t('field.code')}
          value={form.code}
          wrong={wrong('code')}
          hint={t('editor.codeHint')}
          onText={(code) => set({ code: code.toLowerCase() })}
        />
        <ChoiceField
          label={t('field.length')}
          value={form.length}
          onChange={(length) => set({ length: length as Script['length'] })}
        >
          {LENGTHS.map((length) => (
            <option key={length} value={length}>
              {name('length')(length)}
            </option>
          ))}
        </ChoiceField>
      </div>
      <TagPicker
        label={t('field.intents')}
        chosen={form.intents}
        offers={offers.intents}
        onChange={(intents) => set({ intents: intents as Script['intents'] })}
      />
      <TagPicker
        label={t('field.guards')}
        chosen={form.guards}
        offers={offers.guards}
        onChange={(guards) => set({ guards })}
      />
      <ToggleList
        label={t('field.modes')}
        all={MODES}
        chosen={form.modes}
        nameOf={name('modes')}
        onChange={(modes) => set({ modes })}
      />
      <ToggleList
        label={t('field.buyerTypes')}
        all={BUYER_TYPES}
        chosen={form.buyerTypes}
        nameOf={name('buyerTypes')}
        onChange={(buyerTypes) => set({ buyerTypes })}
      />
      <details className="editor-more">
        <summary>{t('editor.more')}</summary>
        <div className="editor-fields">
          <TextField label={t('field.titleEn')} value={form.titleEn} onText={(titleEn) => set({ titleEn })} />
          <ChoiceField label={t('field.group')} value={form.group} onChange={(group) => set({ group })}>
            {[...new Set([form.group, OWN_GROUP, ...groups])].map((group) => (
              <option key={group} value={group}>
                {groupName(group, t)}
              </option>
            ))}
          </ChoiceField>
          <ToggleList
            label={t('field.stages')}
            all={STAGES}
            chosen={form.stages as (typeof STAGES)[number][]}
            nameOf={name('stages')}
            onChange={(stages) => set({ stages })}
          />
          <ChoiceField label={t('field.technique')} value={form.technique} onChange={(technique) => set({ technique })}>
            <option value="">—</option>
            {TECHNIQUES.map((technique) => (
              <option key={technique} value={technique}>
                {name('technique')(technique)}
              </option>
            ))}
          </ChoiceField>
          <TextField
            label={t('field.sources')}
            value={form.sources.join(', ')}
            wrong={wrong('sources')}
            onText={(text) => set({ sources: text.split(/\s*[,，、]\s*/).filter(Boolean) })}
          />
          <p className="field">
            <span className="field-label">{t('field.slots')}</span>
            <span className="code">{slots.length > 0 ? slots.join('  ') : '—'}</span>
          </p>
        </div>
      </details>
      <div className="field">
        <NoteField value={form.note} onText={(note) => set({ note })} />
      </div>
    </div>
  );
}

function TextField({
  label,
  value,
  wrong = false,
  hint,
  onText,
}: {
  label: string;
  value: string;
  wrong?: boolean;
  hint?: string;
  onText(text: string): void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        value={value}
        placeholder={hint}
        aria-invalid={wrong}
        onChange={({ target }) => onText(target.value)}
      />
    </div>
  );
}

function ChoiceField({
  label,
  value,
  children,
  onChange,
}: {
  label: string;
  value: string;
  children: ReactNode;
  onChange(value: string): void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={({ target }) => onChange(target.value)}>
        {children}
      </select>
    </div>
  );
}

function NoteField({ value, onText }: { value: string; onText(text: string): void }) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{t('editor.note')}</label>
      <textarea
        id={id}
        className="input"
        rows={2}
        maxLength={500}
        placeholder={t('editor.noteHint')}
        value={value}
        onChange={({ target }) => onText(target.value)}
      />
    </>
  );
}
