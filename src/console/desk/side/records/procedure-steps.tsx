import type { ProcedureView, StepView } from '../../../../protocol/desk-records.ts';
import { useLanguage } from '../../../i18n/language.tsx';
import { type MessageKey, zh } from '../../../i18n/zh.ts';
import { ActionButton } from '../../../parts/action-button.tsx';
import type { Records } from './use-records.ts';

/** A procedure as a stepper: what is done, what comes next, who must act, and what one press enters. */
export function ProcedureSteps({ procedure, records }: { procedure: ProcedureView; records: Records }) {
  const { t } = useLanguage();
  const name = t(`procedure.${procedure.id}`);
  return (
    <div className="procedure">
      <h3>
        {name} <span className="code faint">{procedure.id}</span>
      </h3>
      <ol className="steps" aria-label={name}>
        {procedure.steps.map((step) => (
          <li
            key={step.id}
            className={`step step-${step.state}`}
            aria-current={step.state === 'next' ? 'step' : undefined}
          >
            <span className="step-name">{t(`step.${step.id}` as MessageKey)}</span>{' '}
            <span className="faint step-state">
              {step.state === 'next' ? t(`who.${step.who}`) : t(`stepState.${step.state}`)}
            </span>
            <StepActions step={step} records={records} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function StepActions({ step, records }: { step: StepView; records: Records }) {
  const { t } = useLanguage();
  const missing = step.missing.flatMap((path) => {
    const key = `missing.${path}`;
    return key in zh ? [t(key as MessageKey)] : [];
  });
  if (missing.length === 0 && step.quick.length === 0) return null;
  return (
    <div className="step-more">
      {missing.length > 0 && <p className="faint">{t('records.missing', { what: missing.join('、') })}</p>}
      <p className="step-quick">
        {step.quick.map(({ name, group, value }) => (
          <ActionButton
            key={name}
            look={step.state === 'next' ? 'plain' : 'quiet'}
            isDisabled={records.busy}
            onPress={() => void records.enter(group, value)}
          >
            {t(`quick.${name}` as MessageKey)}
          </ActionButton>
        ))}
      </p>
    </div>
  );
}
