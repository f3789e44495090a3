import { type RefObject, useRef, useState } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { DeskRecord, RecordGroup, RecordsView } from '../../../../protocol/desk-records.ts';
import type { CaseKind } from '../../../../protocol/facts.ts';
import type { HttpError } from '../../../client/http.ts';
import { formatMoment } from '../../../i18n/format.ts';
import { type Translate, useLanguage } from '../../../i18n/language.tsx';
import type { MessageKey } from '../../../i18n/zh.ts';
import { ActionButton } from '../../../parts/action-button.tsx';
import { useNow } from '../../../parts/use-now.ts';
import { RECORD_CARD } from './focus-records.ts';
import { ProcedureSteps } from './procedure-steps.tsx';
import { RecordFieldInput } from './record-field-input.tsx';
import { CASE_KINDS, fieldsOfCase, GROUPS } from './record-fields.ts';
import { type Records, useRecords } from './use-records.ts';

/** After-sale case, steps of its procedures, and everything else that people enter about the chat and its order. */
export function RecordCard({ conversationId }: { conversationId: string }) {
  const { t } = useLanguage();
  const records = useRecords(conversationId);
  const card = useRef<HTMLElement>(null);
  if (!records) return null;
  const { view, problem } = records;
  const open = view.records.find(({ group, value }) => group === 'case' && value['open'] === true);
  return (
    <section
      id={RECORD_CARD}
      ref={card}
      className="side-card record-card"
      aria-label={t('records.title')}
      tabIndex={-1}
    >
      <div className="side-head">
        <h2>{t('records.title')}</h2>
        {view.orderId !== undefined && <span className="code faint">{view.orderId}</span>}
      </div>
      {open ? (
        <OpenCase kase={open} records={records} card={card} />
      ) : (
        <NoCase view={view} records={records} card={card} />
      )}
      <TakeDown records={records} />
      {view.procedures.map((procedure) => (
        <ProcedureSteps key={procedure.id} procedure={procedure} records={records} />
      ))}
      {open && (
        <div className="record-fields">
          {fieldsOfCase(open.value['kind'] as CaseKind | undefined).map((field) => (
            <RecordFieldInput key={`${field.group}.${field.name}`} field={field} records={records} />
          ))}
        </div>
      )}
      {problem !== undefined && (
        <p className="record-problem" role="alert">
          {problemWords(problem, t)}
        </p>
      )}
      <MoreRecords records={records} />
      <ClosedCases closed={view.closed} />
    </section>
  );
}

/** Why the desk did not take it, for the person who entered it. */
function problemWords({ status, code, message }: HttpError, t: Translate): string {
  if (status === 0) return t('library.unreachable');
  if (code === 'conflict') return t('records.changed');
  const limit = /up to (\S+) yuan/.exec(message)?.[1];
  if (limit !== undefined) return t('records.tooMuch', { limit });
  return t(code === 'bad_request' ? 'records.badValue' : 'records.failed', { why: message });
}

type Card = RefObject<HTMLElement | null>;

/** What the messages speak of, opened by one press; or a case of another kind. */
function NoCase({ view, records, card }: { view: RecordsView; records: Records; card: Card }) {
  const { t } = useLanguage();
  const [kind, setKind] = useState<CaseKind>();
  const chosen = kind ?? view.proposed?.kind ?? 'quality';
  const open = async () => {
    if (await records.enter('case', { open: true, kind: chosen }, 'anew')) card.current?.focus();
  };
  return (
    <div className="case-offer">
      {view.proposed && (
        <p>{t('records.proposed', { kind: t(`case.${view.proposed.kind}`), said: view.proposed.text })}</p>
      )}
      <div className="case-open">
        <select
          className="input"
          aria-label={t('records.kind')}
          value={chosen}
          onChange={({ target }) => setKind(target.value as CaseKind)}
        >
          {CASE_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`case.${one}`)}
            </option>
          ))}
        </select>
        <ActionButton look={view.proposed ? 'main' : 'plain'} isDisabled={records.busy} onPress={() => void open()}>
          {t('records.open')}
        </ActionButton>
      </div>
    </div>
  );
}

function OpenCase({ kase, records, card }: { kase: DeskRecord; records: Records; card: Card }) {
  const { t, language } = useLanguage();
  const now = useNow();
  const kind = kase.value['kind'] as CaseKind | undefined;
  const photos = (kase.value['photos'] as string[] | undefined) ?? [];
  const by = kase.entered['open'];
  const close = async () => {
    if (await records.enter('case', { open: false })) card.current?.focus();
  };
  return (
    <div className="case-head">
      <span className="badge badge-amber">{t(kind === undefined ? 'records.caseOpen' : `case.${kind}`)}</span>
      {by && (
        <span className="faint">
          {by.name} · <span className="figures">{formatMoment(by.at, now, language)}</span>
        </span>
      )}
      {photos.length > 0 && <span className="faint">{t('records.photos', { count: photos.length })}</span>}
      <ActionButton look="quiet" isDisabled={records.busy} onPress={() => void close()}>
        {t('records.close')}
      </ActionButton>
    </div>
  );
}

/** A question nobody can answer at once: one press takes it down, and the holding line is proposed. */
function TakeDown({ records }: { records: Records }) {
  const { t, language } = useLanguage();
  const now = useNow();
  const { question } = records.view;
  if (!question) return null;
  const by = formatMoment(Date.parse(question.answerBy ?? ''), now, language);
  return (
    <p className="case-offer">
      <ActionButton isDisabled={records.busy} onPress={() => void records.enter('question', question, 'anew')}>
        {t('records.takeDown', { by })}
      </ActionButton>
    </p>
  );
}

/** Everything that may be entered, one kind of record at a time. */
function MoreRecords({ records }: { records: Records }) {
  const { t } = useLanguage();
  const [chosen, setChosen] = useState<RecordGroup>('question');
  const isFilled = (group: RecordGroup) => records.view.records.some((one) => one.group === group);
  return (
    <Disclosure className="record-more">
      <Heading level={3}>
        <Button slot="trigger" className="button button-link">
          {t('records.more')}
        </Button>
      </Heading>
      <DisclosurePanel>
        <select
          className="input record-kind"
          aria-label={t('records.which')}
          value={chosen}
          onChange={({ target }) => setChosen(target.value as RecordGroup)}
        >
          {GROUPS.map(({ group }) => (
            <option key={group} value={group}>
              {t(`group.${group}` as MessageKey)}
              {isFilled(group) && ` · ${t('records.filled')}`}
            </option>
          ))}
        </select>
        {GROUPS.filter(({ group }) => group === chosen).map(({ group, fields }) => (
          <fieldset key={group} className="record-group">
            <legend className="visually-hidden">{t(`group.${group}` as MessageKey)}</legend>
            {fields.map((field) => (
              <RecordFieldInput key={field.name} field={field} records={records} />
            ))}
          </fieldset>
        ))}
      </DisclosurePanel>
    </Disclosure>
  );
}

function ClosedCases({ closed }: { closed: readonly DeskRecord[] }) {
  const { t, language } = useLanguage();
  const now = useNow();
  if (closed.length === 0) return null;
  return (
    <Disclosure className="record-more">
      <Heading level={3}>
        <Button slot="trigger" className="button button-link">
          {t('records.closed', { count: closed.length })}
        </Button>
      </Heading>
      <DisclosurePanel>
        <ul>
          {closed.map(({ orderId, value, entered }) => {
            const over = entered['open'];
            return (
              <li key={`${orderId}-${over?.at}`}>
                {t(`case.${value['kind'] as CaseKind}`)} <span className="code faint">{orderId}</span>{' '}
                {over && (
                  <span className="faint">
                    {over.name} · {formatMoment(over.at, now, language)}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  );
}
