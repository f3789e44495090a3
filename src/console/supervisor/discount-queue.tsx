import { useId, useState } from 'react';
import type { Discount } from '../../protocol/discounts.ts';
import { readYuan } from '../desk/side/price-card.tsx';
import { deskApi } from '../desk/store/desk-api.ts';
import { formatYuan } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Countdown } from '../parts/countdown.tsx';

/** Discounts above the agents' authority that wait for a supervisor, who waits longest first. @see FU-45 */
export function DiscountQueue({
  discounts,
  selfId,
  onDecided,
}: {
  discounts: readonly Discount[];
  selfId: string;
  onDecided(id: string): void;
}) {
  const { t } = useLanguage();
  const titleId = useId();
  const asked = discounts.filter(({ state }) => state === 'asked');
  return (
    <section
      className={asked.length > 0 ? 'board-card' : 'board-card queue-idle'}
      id="discounts"
      aria-labelledby={titleId}
    >
      <h2 id={titleId}>
        {t('prices.title')} <span className={asked.length > 0 ? 'count' : 'count count-calm'}>{asked.length}</span>
      </h2>
      {asked.length === 0 && <p className="faint">{t('prices.none')}</p>}
      {asked.length > 0 && (
        <ol className="approval-list">
          {asked.map((discount) => (
            <DiscountItem key={discount.id} discount={discount} selfId={selfId} onDecided={onDecided} />
          ))}
        </ol>
      )}
    </section>
  );
}

function DiscountItem({
  discount,
  selfId,
  onDecided,
}: {
  discount: Discount;
  selfId: string;
  onDecided(id: string): void;
}) {
  const { t } = useLanguage();
  const id = useId();
  const { by, buyerName, conversationId, orderId, amount, before, reason, answerBy } = discount;
  const [text, setText] = useState(String(amount));
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const who = by.name;

  async function decide(grant: boolean): Promise<void> {
    const granted = readYuan(text);
    if (grant && (granted === undefined || granted > amount)) {
      return setProblem(t('prices.badAmount', { sum: formatYuan(amount) }));
    }
    if (!grant && note.trim() === '') return setProblem(t('prices.noteNeeded'));
    setBusy(true);
    try {
      await deskApi.decideDiscount(
        discount.id,
        grant ? { decision: 'grant', amount: granted!, note: note.trim() } : { decision: 'refuse', note: note.trim() },
      );
      onDecided(discount.id);
    } catch (error) {
      setProblem(t('price.failed', { why: (error as Error).message }));
    } finally {
      setBusy(false);
    }
  }

  return (
    <li className="approval-item">
      <div className="approval-head">
        <span>
          {t('prices.asks', { who })} <a href={`/console#${encodeURIComponent(conversationId)}`}>{buyerName}</a>{' '}
          <b className="figures">{formatYuan(amount)}</b>{' '}
          <span className="faint">
            {orderId === undefined ? t('prices.noOrder') : t('prices.order', { id: orderId })}
            {before > 0 && ` · ${t('prices.before', { sum: formatYuan(before) })}`}
          </span>
        </span>
        {answerBy !== undefined && <Countdown until={answerBy} />}
      </div>
      <blockquote className="approval-text">{reason}</blockquote>
      {by.id === selfId ? (
        <p className="faint">{t('approvals.own')}</p>
      ) : (
        <div className="approval-decision">
          <label className="visually-hidden" htmlFor={`${id}-amount`}>
            {t('prices.amount', { who })}
          </label>
          <input
            id={`${id}-amount`}
            className="input figures price-amount"
            inputMode="decimal"
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              setProblem(undefined);
            }}
          />
          <label className="visually-hidden" htmlFor={`${id}-note`}>
            {t('prices.noteLabel', { who })}
          </label>
          <input
            id={`${id}-note`}
            className="input"
            maxLength={500}
            placeholder={t('prices.noteHint')}
            value={note}
            aria-describedby={problem === undefined ? undefined : `${id}-problem`}
            aria-invalid={problem !== undefined}
            onChange={({ target }) => {
              setNote(target.value);
              setProblem(undefined);
            }}
          />
          <ActionButton look="main" isDisabled={busy} onPress={() => void decide(true)}>
            {t('prices.grant')}
          </ActionButton>
          <ActionButton isDisabled={busy} onPress={() => void decide(false)}>
            {t('prices.refuse')}
          </ActionButton>
        </div>
      )}
      {problem !== undefined && (
        <p id={`${id}-problem`} className="approval-problem" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}
