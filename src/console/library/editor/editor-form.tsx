import { type Dispatch, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { FindingList } from '../scripts/finding-list.tsx';
import { useScriptCheck } from '../scripts/use-script-check.ts';
import { checkedBody, type DraftForm, type FormAction, problemsOf } from './draft-form.ts';
import { EditorFields } from './editor-fields.tsx';
import { EditorFoot } from './editor-foot.tsx';
import { useOffers } from './use-offers.ts';
import { VariantEditor } from './variant-editor.tsx';

const PAUSE_MS = 350;

/** The form of a script: wordings on the left, everything else on the right, the check under one's eyes. */
export function EditorForm({
  title,
  form,
  dispatch,
  groups,
  busy,
  blocked,
  problem,
  children,
  onSave,
  onLeave,
  onReset,
}: {
  title: string;
  form: DraftForm;
  dispatch: Dispatch<FormAction>;
  groups: readonly string[];
  busy: boolean;
  /** Something must be settled before it can be saved. */
  blocked: boolean;
  problem: string | undefined;
  children?: ReactNode;
  onSave(submit: boolean): void;
  /** What is typed stays for the next time. */
  onLeave(): void;
  /** Throws away what is typed; absent where nothing is. */
  onReset: (() => void) | undefined;
}) {
  const { t } = useLanguage();
  const offers = useOffers();
  const box = useRef<HTMLElement>(null);
  const { check, busy: checking } = useScriptCheck(
    useMemo(() => checkedBody(form), [form]),
    PAUSE_MS,
  );
  const findings = check?.findings ?? [];
  const problems = problemsOf(form);
  const maySave = !busy && !blocked && problems.length === 0;

  useEffect(() => {
    box.current?.querySelector<HTMLTextAreaElement>('.wording-field')?.focus();
  }, []);
  useEditorKeys(maySave, onSave, onLeave);

  return (
    <section className="script-pane editor" ref={box} aria-label={title}>
      <header className="script-top">
        <h2>{title}</h2>
        <span className="code faint">{form.id}</span>
      </header>
      {children}
      <div className="editor-columns">
        <div>
          <ol className="variants">
            {form.variants.map((variant, at) => (
              <VariantEditor
                key={variant.key}
                variant={variant}
                at={at}
                count={form.variants.length}
                length={form.length}
                offers={offers}
                findings={variant.text.trim() === '' ? [] : findings.filter((finding) => finding.variant === at)}
                dispatch={dispatch}
              />
            ))}
          </ol>
          <ActionButton onPress={() => dispatch({ type: 'variantAdded' })}>
            <Icon name="plus" /> {t('editor.addWording')}
          </ActionButton>
          <FindingList findings={findings.filter(({ variant }) => variant === undefined)} wordings={false} />
        </div>
        <EditorFields form={form} dispatch={dispatch} groups={groups} offers={offers} problems={problems} />
      </div>
      <EditorFoot
        check={check}
        checking={checking}
        problems={problems}
        problem={problem}
        maySave={maySave}
        onSave={onSave}
        onLeave={onLeave}
        onReset={onReset}
      />
    </section>
  );
}

/** A list that is open under a field takes the Escape for itself. */
const OPEN_LIST = 'input[aria-expanded=true], textarea[aria-activedescendant]';

/** Ctrl+S saves, Ctrl+Enter submits, Escape leaves. */
function useEditorKeys(maySave: boolean, onSave: (submit: boolean) => void, onLeave: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.isComposing) return;
      const command = event.ctrlKey || event.metaKey;
      if (command && (event.code === 'KeyS' || event.key === 'Enter')) {
        event.preventDefault();
        if (maySave) onSave(event.key === 'Enter');
      } else if (event.key === 'Escape') {
        const target = event.target;
        if (!(target instanceof Element && target.closest(OPEN_LIST))) onLeave();
      }
    }
    // Before the fields, so that it is known what was open when the key was pressed.
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [maySave, onSave, onLeave]);
}
