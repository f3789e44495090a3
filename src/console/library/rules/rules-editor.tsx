import { useEffect, useReducer, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { HttpError } from '../../client/http.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { type GateRulesView, libraryApi } from '../library-api.ts';
import { useLibrary } from '../library-context.tsx';
import { RuleRows } from './rule-rows.tsx';
import {
  placeProblems,
  reduceRules,
  rulesForm,
  rulesOf,
  SECTIONS,
  type Section,
  sameRules,
  weighOtherwise,
} from './rules-form.ts';
import { RulesVersions } from './rules-versions.tsx';
import { TryBox } from './try-box.tsx';
import { useTrial } from './use-trial.ts';

/** The rules under a supervisor's hands, a trial beside them, the versions below. */
export function RulesEditor({ view, onView }: { view: GateRulesView; onView(view: GateRulesView): void }) {
  const { t } = useLanguage();
  const { fail, notify } = useLibrary();
  const newest = view.versions[0];
  const version = newest?.version ?? 0;
  const [base, setBase] = useState(() => ({ version, form: rulesForm(newest?.rules) }));
  const [form, dispatch] = useReducer(reduceRules, base.form);
  const [note, setNote] = useState('');
  const [texts, setTexts] = useState('');
  const [section, setSection] = useState<Section>('words');
  const [busy, setBusy] = useState(false);
  const changed = !sameRules(form, base.form);
  const outdated = base.version !== version;
  const trial = useTrial(form, texts);
  const problems = trial?.problem === undefined ? [] : placeProblems(form, trial.problem);

  function adopt(): void {
    const next = rulesForm(newest?.rules);
    setBase({ version, form: next });
    dispatch({ type: 'replaced', form: next });
  }
  useEffect(() => {
    if (outdated && !changed) adopt();
  });

  async function save(rules: unknown, why: string, over: number): Promise<void> {
    setBusy(true);
    try {
      const saved = await libraryApi.saveGateRules({ rules, basedOn: over, note: why });
      const first = saved.versions[0];
      const next = rulesForm(first?.rules);
      setBase({ version: first?.version ?? 0, form: next });
      dispatch({ type: 'replaced', form: next });
      setNote('');
      onView(saved);
      notify('info', t('rules.saved'));
    } catch (error) {
      fail(error);
      if (error instanceof HttpError && error.code === 'conflict') await libraryApi.gateRules().then(onView, fail);
    }
    setBusy(false);
  }

  return (
    <main className="library-page rules-page">
      <section className="script-card" aria-label={t('rules.title')}>
        <h2>{t('rules.title')}</h2>
        <p className="faint">{t('rules.lead')}</p>
        {outdated && changed && (
          <div className="banner banner-conflict" role="alert">
            <b>{t('rules.conflict', { who: newest?.author.name ?? '' })}</b>{' '}
            <ActionButton look="warn" onPress={() => setBase({ ...base, version })}>
              {t('conflict.mine')}
            </ActionButton>{' '}
            <ActionButton onPress={adopt}>{t('conflict.theirs')}</ActionButton>
          </div>
        )}
        <Tabs className="import-tabs" selectedKey={section} onSelectionChange={(key) => setSection(key as Section)}>
          <TabList className="tabs" aria-label={t('rules.title')}>
            {SECTIONS.map((name) => (
              <Tab key={name} id={name} className="tab">
                {t(`rules.section.${name}`)}{' '}
                <span className={problems.some((it) => it.section === name) ? 'count' : 'count count-calm'}>
                  {form[name].length}
                </span>
              </Tab>
            ))}
          </TabList>
          {SECTIONS.map((name) => (
            <TabPanel key={name} id={name}>
              <RuleRows section={name} rows={form[name]} problems={problems} dispatch={dispatch} />
            </TabPanel>
          ))}
        </Tabs>
        {problems
          .filter(({ key }) => key === undefined)
          .map(({ message }) => (
            <p key={message} className="row-problem" role="alert">
              {message}
            </p>
          ))}
        <div className="card-actions">
          <input
            className="input rules-note"
            aria-label={t('rules.note')}
            placeholder={t('rules.note')}
            maxLength={500}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
          {changed && (
            <ActionButton look="quiet" onPress={adopt}>
              {t('editor.throwAway')}
            </ActionButton>
          )}
          <ActionButton
            look="main"
            isDisabled={busy || !changed || outdated || problems.length > 0}
            onPress={() => void save(rulesOf(form), note.trim(), base.version)}
          >
            {t('rules.save')}
          </ActionButton>
        </div>
      </section>
      <TryBox
        texts={texts}
        trial={trial}
        onTexts={setTexts}
        onWeigh={(finding, words) => {
          const added = weighOtherwise(finding, words);
          dispatch({ type: 'rowsAdded', ...added });
          setSection(added.section);
        }}
      />
      <RulesVersions
        versions={view.versions}
        busy={busy}
        onRollback={(old) => save(old.rules, t('rules.rollbackNote', { version: old.version }), version)}
      />
    </main>
  );
}
