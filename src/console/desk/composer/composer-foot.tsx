import { useLanguage } from '../../i18n/language.tsx';
import type { MessageKey } from '../../i18n/zh.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import type { ApprovalState } from './use-approval.ts';
import type { ComposerState } from './use-composer.ts';

const SHOW_LENGTH_FROM = 120;

/** What a blocked draft waits for. */
function blockedText({ latest }: ApprovalState, mayAsk: boolean): MessageKey {
  if (!mayAsk) return 'gate.block';
  return latest?.state === 'asked' ? 'approval.waiting' : 'approval.block';
}

/** Below the draft: the gate's word, the length, the button that sends. */
export function ComposerFoot({ state }: { state: ComposerState }) {
  const { t } = useLanguage();
  const { draft, verdict, armed, canSend, approval, mayAsk } = state;
  const isApproved = verdict?.decision === 'block' && approval.grantId !== undefined;
  return (
    <div className="composer-foot">
      <span className="faint">
        <kbd>/</kbd> {t('composer.slash')}
      </span>
      <span className="composer-gate">
        {verdict?.decision === 'pass' && (
          <span className="gate-pass">
            <Icon name="check" size={13} /> {t('gate.pass')}
          </span>
        )}
        {verdict?.decision === 'block' && !isApproved && (
          <span className="gate-block">{t(blockedText(approval, mayAsk))}</span>
        )}
        {armed && <span className="gate-warn">{t('gate.warn')}</span>}
      </span>
      {draft.text.length > SHOW_LENGTH_FROM && (
        <span className={draft.text.length > 199 ? 'figures gate-warn' : 'figures faint'}>{draft.text.length}</span>
      )}
      <ActionButton type="submit" look={armed ? 'warn' : 'main'} isDisabled={!canSend}>
        <Icon name="send" size={14} />{' '}
        {t(isApproved ? 'approval.send' : armed ? 'composer.sendAnyway' : 'composer.send')} <kbd>Ctrl+Enter</kbd>
      </ActionButton>
    </div>
  );
}
