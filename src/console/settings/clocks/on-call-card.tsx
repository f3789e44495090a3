import { useId, useState } from 'react';
import type { z } from 'zod';
import type { EmergencyKind, OnCallSettings, TestCallSchema } from '../../../protocol/on-call.ts';
import { request } from '../../client/http.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';
import { readRoster, writeRoster } from './roster-text.ts';

const KINDS: readonly EmergencyKind[] = ['injury', 'fire', 'selfHarm', 'threat', 'angryAfterSale'];
const KEY_BYTES = 32;

/** The fields as they are written in. */
interface Form {
  url: string;
  secret: string;
  roster: string;
  quietMinutes: number;
  answerMinutes: number;
  counts: EmergencyKind[];
}

const EMPTY: Form = { url: '', secret: '', roster: '', quietMinutes: 60, answerMinutes: 10, counts: [...KINDS] };

/** Whom an emergency wakes while nobody is there. */
export function OnCallCard() {
  const { t } = useLanguage();
  const { settings, save, notify, fail } = useSettings();
  const saved = settings.parts.onCall as OnCallSettings | undefined;
  const [edited, setEdited] = useState<Form>();
  const [problem, setProblem] = useState<string>();
  const form = edited ?? (saved ? { ...saved, roster: writeRoster(saved.roster) } : EMPTY);
  const change = (part: Partial<Form>) => setEdited({ ...form, ...part });

  async function onSave(value: OnCallSettings | undefined): Promise<void> {
    try {
      await save('onCall', value);
      setEdited(undefined);
      setProblem(undefined);
      notify('info', t('settings.saved'));
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  function submit(): void {
    const roster = readRoster(form.roster);
    if ('line' in roster) setProblem(t('settings.onCall.rosterProblem', { line: roster.line }));
    else void onSave({ ...form, roster });
  }

  async function test(): Promise<void> {
    try {
      const { delivered, problem: why = '' } = await request<z.infer<typeof TestCallSchema>>(
        'POST',
        '/api/on-call/test',
      );
      notify(
        delivered ? 'info' : 'trouble',
        t(delivered ? 'settings.onCall.testDone' : 'settings.onCall.testFailed', { why }),
      );
    } catch (error) {
      fail(error);
    }
  }

  return (
    <section className="settings-card">
      <h2>{t('settings.onCall')}</h2>
      <p className="faint">{t('settings.onCall.lead')}</p>
      <OnCallFields form={form} onChange={change} />
      {problem !== undefined && (
        <p className="settings-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="settings-fields">
        <ActionButton look="main" isDisabled={!edited} onPress={submit}>
          {t('settings.save')}
        </ActionButton>
        <ActionButton isDisabled={!saved || edited !== undefined} onPress={() => void test()}>
          {t('settings.onCall.test')}
        </ActionButton>
        {saved && (
          <ActionButton look="quiet" onPress={() => void onSave(undefined)}>
            {t('settings.onCall.off')}
          </ActionButton>
        )}
      </div>
    </section>
  );
}

function OnCallFields({ form, onChange }: { form: Form; onChange(part: Partial<Form>): void }) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <>
      <div className="settings-fields">
        <div className="settings-field clocks-wide">
          <label htmlFor={`${id}-url`}>{t('settings.onCall.url')}</label>
          <input
            id={`${id}-url`}
            className="input"
            type="url"
            value={form.url}
            placeholder="https://"
            onChange={({ target }) => onChange({ url: target.value.trim() })}
          />
        </div>
        <div className="settings-field clocks-wide">
          <label htmlFor={`${id}-secret`}>{t('settings.onCall.secret')}</label>
          <span className="clocks-limit">
            <input
              id={`${id}-secret`}
              className="input clocks-secret"
              autoComplete="off"
              spellCheck={false}
              value={form.secret}
              aria-describedby={`${id}-secret-hint`}
              onChange={({ target }) => onChange({ secret: target.value.trim() })}
            />
            <ActionButton onPress={() => onChange({ secret: makeSecret() })}>
              {t('settings.onCall.generate')}
            </ActionButton>
          </span>
          <span id={`${id}-secret-hint`} className="faint">
            {t('settings.onCall.secretHint')}
          </span>
        </div>
      </div>
      <div className="settings-field">
        <label htmlFor={`${id}-roster`}>{t('settings.onCall.roster')}</label>
        <textarea
          id={`${id}-roster`}
          className="input"
          rows={4}
          value={form.roster}
          aria-describedby={`${id}-roster-hint`}
          onChange={({ target }) => onChange({ roster: target.value })}
        />
        <span id={`${id}-roster-hint`} className="faint">
          {t('settings.onCall.rosterHint')}
        </span>
      </div>
      <div className="settings-fields">
        <Minutes
          label={t('settings.onCall.answer')}
          value={form.answerMinutes}
          onChange={(answerMinutes) => onChange({ answerMinutes })}
        />
        <Minutes
          label={t('settings.onCall.quiet')}
          value={form.quietMinutes}
          onChange={(quietMinutes) => onChange({ quietMinutes })}
        />
      </div>
      <fieldset className="clocks-counts">
        <legend>{t('settings.onCall.counts')}</legend>
        {KINDS.map((kind) => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={form.counts.includes(kind)}
              onChange={({ target }) =>
                onChange({ counts: KINDS.filter((one) => (one === kind ? target.checked : form.counts.includes(one))) })
              }
            />{' '}
            {t(`emergency.${kind}`)}
          </label>
        ))}
      </fieldset>
    </>
  );
}

function Minutes({ label, value, onChange }: { label: string; value: number; onChange(value: number): void }) {
  const id = useId();
  return (
    <div className="settings-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input clocks-figure"
        type="number"
        min={0}
        max={1440}
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
      />
    </div>
  );
}

function makeSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(KEY_BYTES))))}`;
}
