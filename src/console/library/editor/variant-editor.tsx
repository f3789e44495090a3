import { type Dispatch, type KeyboardEvent, useId, useRef, useState } from 'react';
import type { ScriptFinding } from '../../../protocol/library.ts';
import type { Script } from '../../../protocol/script.ts';
import { insertAtCursor } from '../../desk/composer/insert-text.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { BUYER_TYPES, wordName } from '../names.ts';
import { FindingList } from '../scripts/finding-list.tsx';
import type { FormAction, FormVariant } from './draft-form.ts';
import { findOffers, PickBox } from './pick-box.tsx';
import { SlotMenu } from './slot-menu.tsx';
import { countCharacters, cutSlots, fillExamples, lengthLimit, slotBegun } from './slot-text.ts';
import { TagPicker } from './tag-picker.tsx';
import { ToggleList } from './toggle-list.tsx';
import type { Offers } from './use-offers.ts';

/** One wording: its text with slots, how it reads, and for whom it is. */
export function VariantEditor({
  variant,
  at,
  count,
  length,
  offers,
  findings,
  dispatch,
}: {
  variant: FormVariant;
  at: number;
  count: number;
  length: Script['length'];
  offers: Offers;
  findings: readonly ScriptFinding[];
  dispatch: Dispatch<FormAction>;
}) {
  const { t } = useLanguage();
  const { key } = variant;
  const number = at + 1;
  const [more, setMore] = useState(false);
  const set = (change: Partial<FormVariant>) => dispatch({ type: 'variantSet', key, change });
  return (
    <li className="variant">
      <div className="variant-head">
        <b>{t('editor.wording', { number })}</b>
        <select
          className="input variant-language"
          aria-label={t('field.language')}
          value={variant.language}
          onChange={({ target }) => set({ language: target.value === 'en' ? 'en' : 'zh-Hans' })}
        >
          <option value="zh-Hans">{t('wordingLanguage.zh-Hans')}</option>
          <option value="en">{t('wordingLanguage.en')}</option>
        </select>
        <LengthCount variant={variant} length={length} offers={offers} />
        <ActionButton look="quiet" aria-expanded={more} onPress={() => setMore(!more)}>
          <ForWhom variant={variant} />
        </ActionButton>
        <ActionButton
          look="icon"
          aria-label={t('editor.moveUp', { number })}
          isDisabled={at === 0}
          onPress={() => dispatch({ type: 'variantMoved', key, step: -1 })}
        >
          <Icon name="up" size={14} />
        </ActionButton>
        <ActionButton
          look="icon"
          aria-label={t('editor.moveDown', { number })}
          isDisabled={at === count - 1}
          onPress={() => dispatch({ type: 'variantMoved', key, step: 1 })}
        >
          <Icon name="down" size={14} />
        </ActionButton>
        <ActionButton
          look="icon"
          aria-label={t('editor.removeWording', { number })}
          isDisabled={count === 1}
          onPress={() => dispatch({ type: 'variantRemoved', key })}
        >
          <Icon name="close" size={14} />
        </ActionButton>
      </div>
      <WordingField
        variant={variant}
        number={number}
        offers={offers}
        findings={findings}
        onText={(text) => set({ text })}
      />
      {more && (
        <div className="variant-more">
          <ToggleList
            label={t('editor.onlyTypes')}
            all={BUYER_TYPES}
            chosen={variant.buyerTypes}
            nameOf={(type) => wordName('buyerTypes', type, t, (id) => id)}
            onChange={(buyerTypes) => set({ buyerTypes })}
          />
          <TagPicker
            label={t('editor.ownGuards')}
            chosen={variant.guards}
            offers={offers.guards}
            onChange={(guards) => set({ guards })}
          />
        </div>
      )}
    </li>
  );
}

/** For whom the wording is, in few words. */
function ForWhom({ variant }: { variant: FormVariant }) {
  const { t } = useLanguage();
  const limits = [
    ...variant.buyerTypes.map((type) => wordName('buyerTypes', type, t, (id) => id)),
    ...variant.segments.map((segment) => wordName('segments', segment, t, (id) => id)),
    ...variant.guards,
  ];
  if (limits.length === 0) return t('editor.forWhom');
  return <span className="badge badge-jade">{limits.join('、')}</span>;
}

function LengthCount({ variant, length, offers }: { variant: FormVariant; length: Script['length']; offers: Offers }) {
  const { t } = useLanguage();
  const characters = countCharacters(fillExamples(variant.text, offers.examples));
  const limit = lengthLimit(length, variant.language);
  return (
    <span className={characters > limit ? 'length-over figures' : 'faint figures'} title={t('editor.lengthWith')}>
      {characters}/{limit}
    </span>
  );
}

function WordingField({
  variant,
  number,
  offers,
  findings,
  onText,
}: {
  variant: FormVariant;
  number: number;
  offers: Offers;
  findings: readonly ScriptFinding[];
  onText(text: string): void;
}) {
  const { t } = useLanguage();
  const menuId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState<number>();
  const [marked, setMarked] = useState(0);
  const { text } = variant;
  const begun = cursor === undefined ? undefined : slotBegun(text, cursor);
  const found = begun ? findOffers(offers.slots, begun.query).slice(0, 8) : [];
  const menuOpen = found.length > 0;
  const at = Math.min(marked, found.length - 1);

  function put(edited: { text: string; cursor: number }): void {
    onText(edited.text);
    setCursor(undefined);
    setMarked(0);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(edited.cursor, edited.cursor);
    });
  }
  function complete(slot: string): void {
    if (!begun || cursor === undefined) return;
    // A brace that is closed already is not closed twice.
    const rest = text.slice(cursor).replace(/^[\w.]*\}/, '');
    const before = `${text.slice(0, begun.from)}{${slot}}`;
    put({ text: before + rest, cursor: before.length });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || !menuOpen) return;
    if (event.key === 'ArrowDown') setMarked((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setMarked((at - 1 + found.length) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') complete(found[at]!.id);
    else if (event.key === 'Escape') setCursor(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <div className="wording-box">
        <div className="marked-mirror wording-mirror" aria-hidden="true">
          {cutSlots(text).map((piece) => (
            <span key={piece.from} className={slotLook(piece.slot, offers)}>
              {piece.text}
            </span>
          ))}
          {'\u200b'}
        </div>
        <textarea
          ref={field}
          className="marked-field wording-field"
          rows={1}
          aria-label={t('editor.wordingText', { number })}
          aria-controls={menuOpen ? menuId : undefined}
          aria-activedescendant={menuOpen ? `${menuId}-${at}` : undefined}
          placeholder={t('editor.wordingHint')}
          value={text}
          onChange={({ target }) => {
            onText(target.value);
            setCursor(target.selectionEnd);
            setMarked(0);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setCursor(undefined)}
        />
        {menuOpen && <SlotMenu id={menuId} offers={found} marked={at} onChoose={complete} />}
      </div>
      <div className="wording-below">
        <p className="wording-preview">
          <span className="faint">{t('editor.preview')}</span> {fillExamples(text, offers.examples)}
        </p>
        <PickBox
          label={t('editor.insertSlot', { number })}
          placeholder={t('editor.slotHint')}
          offers={offers.slots}
          onPick={(slot) => put(insertAtCursor(text, field.current?.selectionEnd ?? text.length, `{${slot}}`))}
        />
      </div>
      {findings.length > 0 && <FindingList findings={findings} wordings={false} />}
    </>
  );
}

function slotLook(slot: string | undefined, { examples }: Offers): string | undefined {
  if (slot === undefined) return undefined;
  return examples.has(slot) ? 'slot' : 'slot slot-unknown';
}
