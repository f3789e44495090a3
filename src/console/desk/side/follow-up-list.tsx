import { useState } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { FollowUpView } from '../../../protocol/records.ts';
import { formatDuration, formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { type MessageKey, zh } from '../../i18n/zh.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { useNow } from '../../parts/use-now.ts';

const looks: Readonly<Record<FollowUpView['state'], string>> = {
  planned: 'badge badge-blue',
  claimed: 'badge badge-blue',
  sent: 'badge badge-jade',
  cancelled: 'badge',
  skipped: 'badge badge-amber',
  failed: 'badge badge-red',
};
const ENDED_SHOWN = 3;

/** What is planned for this buyer and how earlier plans ended, each with its story. */
export function FollowUpList({ followUps }: { followUps: readonly FollowUpView[] }) {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const planned = followUps.filter(isPlanned).sort((a, b) => a.dueAt - b.dueAt);
  const ended = followUps
    .filter((it) => !isPlanned(it))
    .sort((a, b) => (b.endedAt ?? b.dueAt) - (a.endedAt ?? a.dueAt));
  const shown = [...planned, ...(all ? ended : ended.slice(0, ENDED_SHOWN))];
  return (
    <section className="side-card">
      <div className="side-head">
        <h2>{t('followUps.title')}</h2>
        <span className="count count-calm">{planned.length}</span>
      </div>
      {followUps.length === 0 && <p className="faint">{t('followUps.none')}</p>}
      {shown.map((followUp) => (
        <FollowUp key={followUp.id} followUp={followUp} />
      ))}
      {!all && ended.length > ENDED_SHOWN && (
        <ActionButton look="link" onPress={() => setAll(true)}>
          {t('followUps.more', { count: ended.length - ENDED_SHOWN })}
        </ActionButton>
      )}
    </section>
  );
}

function isPlanned({ state }: FollowUpView): boolean {
  return state === 'planned' || state === 'claimed';
}

function FollowUp({ followUp }: { followUp: FollowUpView }) {
  const { t, language } = useLanguage();
  const now = useNow();
  const left = followUp.dueAt - now;
  return (
    <Disclosure className="follow-up">
      <Heading level={3}>
        <Button slot="trigger" className="follow-up-head">
          <span className={looks[followUp.state]}>{t(`followUp.${followUp.state}`)}</span>
          <span className="follow-up-name">{ruleName(followUp.rule, t)}</span>
          <span className="faint figures">
            {isPlanned(followUp) && left > 0
              ? t('followUps.in', { left: formatDuration(left, language) })
              : formatMoment(followUp.endedAt ?? followUp.dueAt, now, language)}
          </span>
        </Button>
      </Heading>
      <DisclosurePanel className="follow-up-story">
        <p className="faint">
          <span className="code">{followUp.rule}</span> · <span className="code">{followUp.subject}</span>
          {followUp.reason && ` · ${followUp.reason}`}
        </p>
        <ol>
          {followUp.story.map((step) => (
            <li key={`${step.at}-${step.what}`}>
              <span className="faint figures">{formatMoment(step.at, now, language)}</span> {step.what}
            </li>
          ))}
        </ol>
      </DisclosurePanel>
    </Disclosure>
  );
}

function ruleName(rule: string, t: (key: MessageKey) => string): string {
  const key = `rule.${rule}`;
  return key in zh ? t(key as MessageKey) : rule;
}
