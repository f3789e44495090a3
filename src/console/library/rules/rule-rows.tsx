import { type Dispatch, useMemo, useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import type { RuleRow, RulesAction, RulesProblem, Section, Weight } from './rules-form.ts';
import { splitList } from './rules-form.ts';

/** Rows drawn at first; who has more narrows them down. */
const SHOWN = 100;

/** Columns of a section beside its text, and the weights its rows may have. */
const FORMS: Readonly<
  Record<Section, { fields: readonly ('id' | 'message' | 'list' | 'instead')[]; weights: readonly Weight[] }>
> = {
  words: { fields: ['message', 'list', 'instead'], weights: ['B', 'W'] },
  patterns: { fields: ['id', 'message', 'instead'], weights: ['B', 'W'] },
  weights: { fields: [], weights: ['B', 'W', 'off'] },
  absolutes: { fields: [], weights: ['B', 'W', 'off'] },
  exceptions: { fields: ['list'], weights: [] },
};

/** The rows of a section: added one a line, changed in place, each with what is wrong about it. */
export function RuleRows({
  section,
  rows,
  problems,
  dispatch,
}: {
  section: Section;
  rows: readonly RuleRow[];
  problems: readonly RulesProblem[];
  dispatch: Dispatch<RulesAction>;
}) {
  const { t } = useLanguage();
  const [query, setQuery] = useState('');
  const { fields, weights } = FORMS[section];
  const wrong = useMemo(() => new Set(problems.map(({ key }) => key)), [problems]);
  const found = useMemo(() => {
    const word = query.trim().toLowerCase();
    const hits = rows.filter((it) => `${it.text} ${it.message} ${it.id}`.toLowerCase().includes(word));
    // What is wrong is always among the rows that are drawn.
    return hits.sort((a, b) => Number(wrong.has(b.key)) - Number(wrong.has(a.key)));
  }, [rows, query, wrong]);
  return (
    <>
      <AddRows
        section={section}
        onAdd={(texts, severity) => dispatch({ type: 'rowsAdded', section, texts, severity })}
      />
      {rows.length > 10 && (
        <input
          className="input rules-search"
          aria-label={t('rules.find')}
          placeholder={t('rules.find')}
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
      )}
      {rows.length > 0 && (
        <table className="board-table rule-rows">
          <thead>
            <tr>
              <th scope="col">{t(`rules.text.${section}`)}</th>
              {weights.length > 0 && <th scope="col">{t('rules.severity')}</th>}
              {fields.map((field) => (
                <th key={field} scope="col">
                  {t(field === 'list' ? `rules.list.${section as 'words' | 'exceptions'}` : `rules.field.${field}`)}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t('history.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, SHOWN).map((it) => (
              <Row
                key={it.key}
                section={section}
                row={it}
                problems={problems.filter(({ key }) => key === it.key)}
                dispatch={dispatch}
              />
            ))}
          </tbody>
        </table>
      )}
      {found.length > SHOWN && <p className="faint">{t('import.rest', { shown: SHOWN, count: found.length })}</p>}
    </>
  );
}

function AddRows({ section, onAdd }: { section: Section; onAdd(texts: string[], severity: Weight): void }) {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const [severity, setSeverity] = useState<Weight>('B');
  const { weights } = FORMS[section];
  // A pattern may hold any mark; of words and the rest several may be pasted at once.
  const texts = section === 'patterns' ? [text.trim()].filter(Boolean) : splitLines(text);
  return (
    <form
      className="add-rows"
      onSubmit={(event) => {
        event.preventDefault();
        if (texts.length === 0) return;
        onAdd(texts, severity);
        setText('');
      }}
    >
      <textarea
        className="input"
        rows={text.includes('\n') ? 4 : 1}
        aria-label={t(`rules.add.${section}`)}
        placeholder={t(`rules.add.${section}`)}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      {weights.length > 0 && (
        <select
          className="input"
          aria-label={t('rules.severity')}
          value={severity}
          onChange={({ target }) => setSeverity(target.value as Weight)}
        >
          {weights.map((weight) => (
            <option key={weight} value={weight}>
              {t(`rules.weight.${weight}`)}
            </option>
          ))}
        </select>
      )}
      <ActionButton type="submit" isDisabled={texts.length === 0}>
        <Icon name="plus" /> {t('rules.addButton')}{' '}
        {texts.length > 1 && <span className="figures">{texts.length}</span>}
      </ActionButton>
    </form>
  );
}

function splitLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function Row({
  section,
  row,
  problems,
  dispatch,
}: {
  section: Section;
  row: RuleRow;
  problems: readonly RulesProblem[];
  dispatch: Dispatch<RulesAction>;
}) {
  const { t } = useLanguage();
  const { fields, weights } = FORMS[section];
  const set = (change: Partial<RuleRow>) => dispatch({ type: 'rowSet', section, key: row.key, change });
  const label = (field: string) => `${row.text}: ${field}`;
  return (
    <>
      <tr className={problems.length > 0 ? 'row-wrong' : undefined}>
        <td>
          <input
            className="input"
            aria-label={t(`rules.text.${section}`)}
            aria-invalid={problems.length > 0}
            value={row.text}
            onChange={({ target }) => set({ text: target.value })}
          />
        </td>
        {weights.length > 0 && (
          <td>
            <select
              className="input"
              aria-label={label(t('rules.severity'))}
              value={row.severity}
              onChange={({ target }) => set({ severity: target.value as Weight })}
            >
              {weights.map((weight) => (
                <option key={weight} value={weight}>
                  {t(`rules.weight.${weight}`)}
                </option>
              ))}
            </select>
          </td>
        )}
        {fields.map((field) => (
          <td key={field}>
            {field === 'list' || field === 'instead' ? (
              <ListInput
                label={label(
                  t(field === 'list' ? `rules.list.${section as 'words' | 'exceptions'}` : 'rules.field.instead'),
                )}
                words={row[field]}
                onWords={(words) => set({ [field]: words })}
              />
            ) : (
              <input
                className="input"
                aria-label={label(t(`rules.field.${field}`))}
                value={row[field]}
                onChange={({ target }) => set({ [field]: target.value })}
              />
            )}
          </td>
        ))}
        <td>
          <ActionButton
            look="icon"
            aria-label={t('editor.remove', { name: row.text })}
            onPress={() => dispatch({ type: 'rowRemoved', section, key: row.key })}
          >
            <Icon name="close" size={14} />
          </ActionButton>
        </td>
      </tr>
      {problems.map(({ message }) => (
        <tr key={message}>
          <td className="row-problem" colSpan={fields.length + 3} role="alert">
            {message}
          </td>
        </tr>
      ))}
    </>
  );
}

/** Words in one line; the line is taken apart when the reader leaves it. */
function ListInput({
  label,
  words,
  onWords,
}: {
  label: string;
  words: readonly string[];
  onWords(words: string[]): void;
}) {
  const [typed, setTyped] = useState<string>();
  return (
    <input
      className="input"
      aria-label={label}
      value={typed ?? words.join(' ')}
      onChange={({ target }) => {
        setTyped(target.value);
        onWords(splitList(target.value));
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
