import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { Discount, DiscountView } from '../../../protocol/discounts.ts';
import { HttpError } from '../../client/http.ts';
import { formatMoment, formatYuan } from '../../i18n/format.ts';
import { type Translate, useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Countdown } from '../../parts/countdown.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useComposer, useDesk, useDeskState } from '../desk-context.tsx';
import { deskApi } from '../store/desk-api.ts';

/** Yuan as a person types them; `undefined`: no amount. */
export function readYuan(text: string): number | undefined {
  if (!/^\d{1,6}(?:\.\d{1,2})?$/.test(text.trim())) return undefined;
  const amount = Number(text);
  return amount > 0 ? amount : undefined;
}

/** Why the desk did not take it, for the person who asked. */
function refusal({ status, message }: HttpError, t: Translate): string {
  if (status === 0) return t('library.unreachable');
  if (message.includes('price floor')) return t('price.belowFloor');
  if (message.includes('ask a supervisor')) return t('price.tooMuch');
  return t('price.failed', { why: message });
}

/** What was given on this order, what the agent may still give, and the way to the supervisor. @see POL-01 */
export function PriceCard({ conversationId }: { conversationId: string }) {
  const { t } = useLanguage();
  const [view, setView] = useState<DiscountView>();
  const [problem, setProblem] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const { store } = useDesk();

  useEffect(() => {
    let stopped = false;
    let seen: readonly unknown[] = [];
    /** Reads again whenever something about the price may have changed: a decision, a message, an order. */
    function readIfChanged(): void {
      const { discounts, conversations, threads } = store.get();
      const now = [discounts, conversations[conversationId]?.lastSeq, threads[conversationId]?.orders];
      if (seen.length > 0 && now.every((value, at) => value === seen[at])) return;
      seen = now;
      deskApi.discountsOf(conversationId).then(
        (answer) => !stopped && setView(answer),
        (error: Error) => console.debug('discounts', error.message),
      );
    }
    readIfChanged();
    const unsubscribe = store.subscribe(readIfChanged);
    return () => {
      stopped = true;
      unsubscribe();
    };
  }, [conversationId, store]);

  const act = useCallback(
    async (work: () => Promise<DiscountView | undefined>) => {
      try {
        const answer = await work();
        setView(answer ?? (await deskApi.discountsOf(conversationId)));
        setProblem(undefined);
        return true;
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        setProblem(refusal(error, t));
        return false;
      }
    },
    [conversationId, t],
  );

  if (!view) return null;
  return (
    <section className="side-card price-card" aria-label={t('price.title')}>
      <div className="side-head">
        <h2>{t('price.title')}</h2>
        <span className="faint figures">
          {view.granted > 0 && `${t('price.given', { sum: formatYuan(view.granted) })} · `}
          {view.left === undefined ? t('price.noLimit') : t('price.left', { sum: formatYuan(view.left) })}
        </span>
      </div>
      <ul className="price-list">
        {view.discounts.slice(-4).map((discount) => (
          <PriceLine
            key={discount.id}
            discount={discount}
            onTakeBack={() => void act(() => deskApi.takeBackDiscount(discount.id, t('price.takenBackBecause')))}
          />
        ))}
      </ul>
      <PriceForm view={view} isOpen={isOpen} setOpen={setOpen} conversationId={conversationId} act={act} />
      {problem !== undefined && (
        <p className="price-problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

function PriceLine({ discount, onTakeBack }: { discount: Discount; onTakeBack(): void }) {
  const { t, language } = useLanguage();
  const now = useNow();
  const selfId = useDeskState((state) => state.self?.id);
  const { state, by, decidedBy, amount, approved, note, validUntil, answerBy } = discount;
  const who = state === 'given' || state === 'asked' || state === 'taken_back' ? by.name : (decidedBy?.name ?? '');
  const mayTakeBack = by.id === selfId && ['given', 'asked', 'granted'].includes(state);
  return (
    <li className={`price-line price-${state}`}>
      <span>
        {t(`price.state.${state}`, {
          who,
          sum: formatYuan(approved ?? amount),
          note: note ?? '',
          when: validUntil === undefined ? '' : formatMoment(validUntil, now, language),
        })}
      </span>
      {state === 'asked' && answerBy !== undefined && <Countdown until={answerBy} />}
      {mayTakeBack && (
        <ActionButton look="link" onPress={onTakeBack}>
          {t('price.takeBack')}
        </ActionButton>
      )}
    </li>
  );
}

/** One form for both: what is within the authority is noted, what is above it is asked. */
function PriceForm({
  view,
  isOpen,
  setOpen,
  conversationId,
  act,
}: {
  view: DiscountView;
  isOpen: boolean;
  setOpen(open: boolean): void;
  conversationId: string;
  act(work: () => Promise<DiscountView | undefined>): Promise<boolean>;
}) {
  const { t } = useLanguage();
  const id = useId();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const amountField = useRef<HTMLInputElement>(null);
  const reasonField = useRef<HTMLInputElement>(null);
  // Once it was asked, the line above says so.
  const isAsked = view.discounts.some(({ state, amount }) => state === 'asked' && amount === view.requested);
  const requested = isAsked ? undefined : view.requested;
  const composer = useComposer();

  const open = useCallback(() => {
    setText((before) => (before === '' && requested !== undefined ? String(requested) : before));
    setOpen(true);
  }, [requested, setOpen]);
  useEffect(() => {
    function onKeyDown(event: globalThis.KeyboardEvent): void {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== 'KeyP' || event.isComposing) return;
      event.preventDefault();
      open();
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [open]);
  useEffect(() => {
    if (isOpen) amountField.current?.select();
  }, [isOpen]);

  if (!isOpen) {
    return (
      <p className="price-foot">
        {requested !== undefined && (
          <span className="badge badge-amber">{t('price.requested', { sum: formatYuan(requested) })}</span>
        )}
        <ActionButton look="quiet" onPress={open}>
          {t(requested !== undefined && requested > (view.left ?? requested) ? 'price.ask' : 'price.note')}{' '}
          <kbd>Alt+P</kbd>
        </ActionButton>
      </p>
    );
  }
  /** The fields go with the focus in them, so it is led back to the draft. */
  function close(): void {
    setOpen(false);
    composer.current?.focus();
  }

  const amount = readYuan(text);
  const isAbove = amount !== undefined && view.left !== undefined && amount > view.left;

  async function submit(): Promise<void> {
    if (amount === undefined) return amountField.current?.focus();
    if (reason.trim() === '') return reasonField.current?.focus();
    const order = isAbove ? deskApi.askDiscount : deskApi.noteDiscount;
    if (!(await act(() => order(conversationId, amount, reason.trim())))) return;
    setText('');
    setReason('');
    close();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    close();
  }

  return (
    <form
      className="price-form"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label htmlFor={`${id}-amount`}>{t('price.amount')}</label>
      <input
        ref={amountField}
        id={`${id}-amount`}
        className="input figures"
        inputMode="decimal"
        value={text}
        aria-describedby={`${id}-hint`}
        aria-invalid={text !== '' && amount === undefined}
        onChange={({ target }) => setText(target.value)}
      />
      <label htmlFor={`${id}-reason`}>{t('price.reason')}</label>
      <input
        ref={reasonField}
        id={`${id}-reason`}
        aria-required
        className="input"
        maxLength={500}
        placeholder={t('price.reasonHint')}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <p id={`${id}-hint`} className="faint price-hint">
        {text !== '' && amount === undefined ? t('price.badAmount') : t(isAbove ? 'price.above' : 'price.within')}
      </p>
      <div className="price-foot">
        <ActionButton type="submit" look="main">
          {t(isAbove ? 'price.submitAsk' : 'price.submitNote')} <kbd>Enter</kbd>
        </ActionButton>
        <ActionButton look="quiet" onPress={close}>
          {t('price.cancel')} <kbd>Esc</kbd>
        </ActionButton>
      </div>
    </form>
  );
}
