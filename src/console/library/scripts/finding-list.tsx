import type { ScriptFinding } from '../../../protocol/library.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { findingName } from '../names.ts';

/** What the check objects to. @param wordings names the wording at fault */
export function FindingList({ findings, wordings }: { findings: readonly ScriptFinding[]; wordings: boolean }) {
  const { t } = useLanguage();
  return (
    <ul className="check-findings">
      {findings.map(({ rule, severity, variant, message }) => (
        <li key={`${rule}-${variant ?? ''}-${message}`}>
          <span className={severity === 'error' ? 'badge badge-red' : 'badge badge-amber'}>{findingName(rule, t)}</span>
          {wordings && variant !== undefined && <span>{t('editor.wording', { number: variant + 1 })}</span>}
          <span className="faint">{message}</span>
        </li>
      ))}
    </ul>
  );
}
