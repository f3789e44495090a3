import type { ConversationDetail } from '../../../protocol/records.ts';
import { useLanguage } from '../../i18n/language.tsx';
import type { MessageKey } from '../../i18n/zh.ts';

const STEPS = ['FLOW-1', 'FLOW-2', 'FLOW-3', 'FLOW-4', 'FLOW-5', 'FLOW-6', 'FLOW-7'] as const;

/** Where the talk stands on the seven steps, and what it waits for or ended as. @see FLOW-1 … FLOW-7 */
export function FlowLine({ flow }: { flow: NonNullable<ConversationDetail['flow']> }) {
  const { t } = useLanguage();
  const notes: MessageKey[] = [];
  if (flow.farewell) notes.push(`flow.farewell.${flow.farewell}`);
  if (flow.aside) notes.push(`flow.aside.${flow.aside}`);
  return (
    <div className="flow-line">
      <ol aria-label={t('flow.title')}>
        {STEPS.map((step) => (
          <li key={step} aria-current={step === flow.step ? 'step' : undefined}>
            {t(`flow.${step}`)}
          </li>
        ))}
      </ol>
      {notes.length > 0 && <span className="flow-note">{notes.map((key) => t(key)).join(' · ')}</span>}
    </div>
  );
}
