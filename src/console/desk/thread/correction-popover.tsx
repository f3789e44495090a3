import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useReducer, useState } from 'react';
import { Dialog, Heading, Popover } from 'react-aria-components';
import type { MessageIntent } from '../../../protocol/ids.ts';
import type { Message } from '../../../protocol/records.ts';
import type { Analysis } from '../../../protocol/turn.ts';
import { en } from '../../i18n/en.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { zh } from '../../i18n/zh.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { intentName } from '../catalogue.ts';
import { useDesk, useDeskState } from '../desk-context.tsx';
import {
  type Choice,
  type CorrectionForm,
  findIntents,
  type IntentOffer,
  intentsOf,
  reduceCorrection,
  startCorrection,
} from './correction-form.ts';

const noBusiness: IntentOffer = { id: 'none', name: { zh: zh['correct.none'], en: en['correct.none'] } };

/** Asks the agent what a message means, when it was not understood or understood wrongly. */
export function CorrectionPopover({
  message,
  analysis,
  corrected,
  trigger,
}: {
  message: Message;
  analysis: Analysis;
  /** What an agent said before. */
  corrected: readonly MessageIntent[] | undefined;
  trigger: RefObject<HTMLButtonElement | null>;
}) {
  const desk = useDesk();
  const close = () => desk.store.dispatch({ type: 'correctingChanged', seq: undefined });
  return (
    <Popover
      className="popover correction"
      triggerRef={trigger}
      placement="top start"
      isOpen
      onOpenChange={(open) => !open && close()}
    >
      <Dialog className="dialog">
        <CorrectionBody message={message} analysis={analysis} corrected={corrected} onDone={close} />
      </Dialog>
    </Popover>
  );
}

function CorrectionBody({
  message,
  analysis,
  corrected,
  onDone,
}: {
  message: Message;
  analysis: Analysis;
  corrected: readonly MessageIntent[] | undefined;
  onDone(): void;
}) {
  const { t } = useLanguage();
  const desk = useDesk();
  const listId = useId();
  const names = useDeskState((state) => state.catalogue.intents);
  const [form, dispatch] = useReducer(reduceCorrection, corrected, startCorrection);
  const [busy, setBusy] = useState(false);
  const offers = useMemo(() => {
    const all = [...names].map(([id, name]) => ({ id: id as MessageIntent, name }));
    const guesses = analysis.intents.map(({ intent }) => intent);
    return findIntents([...all, noBusiness], guesses, form.query);
  }, [names, analysis, form.query]);
  const marked = offers[form.at];

  async function send(): Promise<void> {
    if (busy || form.chosen.length === 0) return;
    setBusy(true);
    const { conversationId, seq } = message;
    if (await desk.correctIntents(conversationId, seq, intentsOf(form))) onDone();
    else setBusy(false);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    // The Enter that ends the choice of a character is not the Enter that chooses.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') dispatch({ type: 'moved', step: 1, count: offers.length });
    else if (event.key === 'ArrowUp') dispatch({ type: 'moved', step: -1, count: offers.length });
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
    else if (event.key === 'Enter' && marked) dispatch({ type: 'toggled', choice: marked.id });
    else if (event.key === 'Backspace' && form.query === '') dispatch({ type: 'lastDropped' });
    else return;
    event.preventDefault();
  }

  return (
    <>
      <Heading slot="title" level={3}>
        {t('correct.title')}
      </Heading>
      <p className="correction-text">{message.text}</p>
      <Chosen chosen={form.chosen} onDrop={(choice) => dispatch({ type: 'toggled', choice })} />
      <input
        // The popover is there for this field.
        ref={focusFirst}
        className="input"
        role="combobox"
        aria-label={t('correct.search')}
        aria-expanded={true}
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={marked ? `${listId}-${marked.id}` : undefined}
        placeholder={t('correct.hint')}
        value={form.query}
        onChange={({ target }) => dispatch({ type: 'typed', query: target.value })}
        onKeyDown={onKeyDown}
      />
      <OfferList
        id={listId}
        offers={offers}
        marked={marked?.id}
        chosen={form.chosen}
        onToggle={(choice) => dispatch({ type: 'toggled', choice })}
      />
      <div className="correction-foot">
        <span className="faint">
          <kbd>Enter</kbd> {t('correct.pick')} <kbd>Ctrl+Enter</kbd> {t('correct.submit')}
        </span>
        <ActionButton look="main" isDisabled={busy || form.chosen.length === 0} onPress={() => void send()}>
          {t('correct.submit')}
        </ActionButton>
      </div>
    </>
  );
}

function Chosen({ chosen, onDrop }: { chosen: CorrectionForm['chosen']; onDrop(choice: Choice): void }) {
  const { t, language } = useLanguage();
  const catalogue = useDeskState((state) => state.catalogue);
  if (chosen.length === 0) return null;
  return (
    <ol className="correction-chosen" aria-label={t('correct.chosen')}>
      {chosen.map((choice) => {
        const name = choice === 'none' ? t('correct.none') : intentName(catalogue, choice, language);
        return (
          <li key={choice} className="badge badge-jade">
            {name}
            <ActionButton look="icon" aria-label={t('correct.drop', { name })} onPress={() => onDrop(choice)}>
              <Icon name="close" size={11} />
            </ActionButton>
          </li>
        );
      })}
    </ol>
  );
}

function focusFirst(field: HTMLInputElement | null): void {
  field?.focus();
}

function OfferList({
  id,
  offers,
  marked,
  chosen,
  onToggle,
}: {
  id: string;
  offers: readonly IntentOffer[];
  marked: Choice | undefined;
  chosen: readonly Choice[];
  onToggle(choice: Choice): void;
}) {
  const { t, language } = useLanguage();
  useEffect(() => {
    document.getElementById(`${id}-${marked}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, marked]);
  return (
    <div
      className="correction-offers"
      role="listbox"
      id={id}
      aria-label={t('correct.offers')}
      aria-multiselectable="true"
    >
      {offers.length === 0 && <p className="faint">{t('correct.nothing')}</p>}
      {offers.map((offer) => (
        <div
          key={offer.id}
          id={`${id}-${offer.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={chosen.includes(offer.id)}
          className={offer.id === marked ? 'correction-offer correction-offer-marked' : 'correction-offer'}
          onPointerDown={(event) => {
            // The focus stays in the field.
            event.preventDefault();
            onToggle(offer.id);
          }}
        >
          <span className="figures correction-place">
            {chosen.includes(offer.id) ? chosen.indexOf(offer.id) + 1 : ''}
          </span>
          <span>{offer.name[language]}</span>
          {offer.id !== 'none' && <span className="code faint">{offer.id}</span>}
        </div>
      ))}
    </div>
  );
}
