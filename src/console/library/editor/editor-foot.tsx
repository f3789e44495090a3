import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import type { ScriptCheck } from '../library-api.ts';
import type { FormProblem } from './draft-form.ts';

/** What the check says in one line, and the buttons. */
export function EditorFoot({
  check,
  checking,
  problems,
  problem,
  maySave,
  onSave,
  onLeave,
  onReset,
}: {
  check: ScriptCheck | undefined;
  /** What the check says is about an earlier text. */
  checking: boolean;
  problems: readonly FormProblem[];
  problem: string | undefined;
  maySave: boolean;
  onSave(submit: boolean): void;
  onLeave(): void;
  onReset: (() => void) | undefined;
}) {
  const { t } = useLanguage();
  const errors = check?.findings.filter(({ severity }) => severity === 'error').length ?? 0;
  const warnings = (check?.findings.length ?? 0) - errors;
  return (
    <footer className="editor-foot">
      <p className="editor-state" role="status">
        {problem !== undefined && <span className="gate-block">{problem}</span>}
        {problems.length > 0 && (
          <span className="gate-warn">
            {t('editor.missing')} {[...new Set(problems.map(({ field }) => t(`field.${field}`)))].join('、')}
          </span>
        )}
        {checking && <span className="faint">{t('editor.checking')}</span>}
        {!checking && errors > 0 && <span className="gate-block">{t('editor.errors', { count: errors })}</span>}
        {!checking && warnings > 0 && <span className="gate-warn">{t('editor.warnings', { count: warnings })}</span>}
        {!checking && errors + warnings === 0 && problems.length === 0 && (
          <span className="gate-pass">
            <Icon name="check" /> {t('editor.sound')}
          </span>
        )}
      </p>
      {onReset && (
        <ActionButton look="quiet" onPress={onReset}>
          {t('editor.throwAway')}
        </ActionButton>
      )}
      <ActionButton onPress={onLeave}>
        {t('editor.leave')} <kbd>Esc</kbd>
      </ActionButton>
      <ActionButton isDisabled={!maySave} onPress={() => onSave(false)}>
        {t('editor.save')} <kbd>Ctrl+S</kbd>
      </ActionButton>
      <ActionButton look="main" isDisabled={!maySave} onPress={() => onSave(true)}>
        {t('editor.submit')} <kbd>Ctrl+Enter</kbd>
      </ActionButton>
    </footer>
  );
}
