import { useEffect, useId, useState } from 'react';
import type { TriedMode, TryMode } from '../../../protocol/modes.ts';
import type { ConversationSummary } from '../../../protocol/records.ts';
import { request } from '../../client/http.ts';
import { intentName, scriptTitle } from '../../desk/catalogue.ts';
import { deskApi } from '../../desk/store/desk-api.ts';
import { formatShare } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';
import { CELL_HOURS, type CellHours } from './modes-form.ts';

/** A buyer's line, and what the saved modes would do with it. */
export function TryMessage() {
  const { t } = useLanguage();
  const { fail } = useSettings();
  const id = useId();
  const [text, setText] = useState('');
  const [hours, setHours] = useState<CellHours>('on_duty');
  const [chat, setChat] = useState('');
  const [chats, setChats] = useState<readonly ConversationSummary[]>([]);
  const [tried, setTried] = useState<TriedMode>();
  useEffect(() => {
    deskApi.conversations('open').then(({ conversations }) => setChats(conversations), fail);
  }, [fail]);

  async function onTry(): Promise<void> {
    const body: TryMode = { text, hours, ...(chat === '' ? {} : { conversationId: chat }) };
    try {
      setTried(await request<TriedMode>('POST', '/api/modes/try', { body }));
    } catch (error) {
      fail(error);
    }
  }

  return (
    <form
      className="settings-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void onTry();
      }}
    >
      <h2>{t('modes.try')}</h2>
      <p className="faint">{t('modes.tryLead')}</p>
      <div className="settings-fields">
        <span className="settings-field modes-line">
          <label htmlFor={`${id}-text`}>{t('modes.tryText')}</label>
          <input
            id={`${id}-text`}
            className="input"
            maxLength={2000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </span>
        <span className="settings-field">
          <label htmlFor={`${id}-hours`}>{t('modes.hours')}</label>
          <select
            id={`${id}-hours`}
            className="input"
            value={hours}
            onChange={({ target }) => setHours(target.value as CellHours)}
          >
            {CELL_HOURS.map((one) => (
              <option key={one} value={one}>
                {t(`modes.hours.${one}`)}
              </option>
            ))}
          </select>
        </span>
        <span className="settings-field">
          <label htmlFor={`${id}-chat`}>{t('modes.tryChat')}</label>
          <select id={`${id}-chat`} className="input" value={chat} onChange={({ target }) => setChat(target.value)}>
            <option value="">{t('modes.tryStranger')}</option>
            {chats.map((one) => (
              <option key={one.id} value={one.id}>
                {one.buyerName}
              </option>
            ))}
          </select>
        </span>
        <ActionButton type="submit" isDisabled={text.trim() === ''}>
          {t('modes.tryGo')}
        </ActionButton>
      </div>
      <div role="status" aria-label={t('modes.tried')}>
        {tried && <Tried tried={tried} />}
      </div>
    </form>
  );
}

function Tried({ tried: { intents, proposal, decision, away } }: { tried: TriedMode }) {
  const { t, language } = useLanguage();
  const { names } = useSettings();
  return (
    <div className="modes-tried">
      <p>
        <b>{t(`modes.mode.${decision.mode}`)}</b>
        {decision.delaySec !== undefined && ` · ${decision.delaySec}s`}
        {decision.rule !== undefined && ` · ${t('modes.triedRule', { rule: decision.rule + 1 })}`}
        {away && ` · ${t('modes.triedAway')}`}
      </p>
      <p className="faint">
        {t('modes.triedIntents')}{' '}
        {intents
          .map(({ intent, confidence }) => `${intentName(names, intent, language)} ${formatShare(confidence)}`)
          .join('、')}
      </p>
      {proposal ? (
        <blockquote>
          <b>{scriptTitle(names, proposal.scriptId, language)}</b> <span className="code">{proposal.scriptId}</span>{' '}
          <span className="badge">{t(`modes.risk.${proposal.risk}`)}</span>
          <br />
          {proposal.text}
        </blockquote>
      ) : (
        <p>{t('modes.triedNothing')}</p>
      )}
      {decision.objections.length > 0 && (
        <ul>
          {decision.objections.map(({ code, detail }) => (
            <li key={code}>
              {t(`modes.objection.${code}`)} {detail !== undefined && <span className="code faint">{detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
