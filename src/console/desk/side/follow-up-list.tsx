import { useState } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { FollowUpView } from '../../../protocol/records.ts';
import { formatDuration, formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { reasonWords, ruleName, stateWords, storyWords } from '../../parts/follow-up-words.ts';
import { useNow } from '../../parts/use-now.ts';
import { scriptTitle } from '../catalogue.ts';
import { useDeskState } from '../desk-context.tsx';

const looks: Readonly<Record<FollowUpView['state'], string>> = {
  planned: 'badge badge-blue',
  claimed: 'badge badge-blue',
  sent: 'badge badge-jade',
  cancelled: 'badge',
  skipped: 'badge badge-amber',
  failed: 'badge badge-red',
};
const ENDED_SHOWN = 3;

/** What is planned for this buyer and how earlier plans ended, order by order, each with its story. */
export function FollowUpList({ followUps }: { followUps: readonly FollowUpView[] }) {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const planned = followUps.filter(isPlanned).sort((a, b) => a.dueAt - b.dueAt);
  const ended = followUps
    .filter((it) => !isPlanned(it))
    .sort((a, b) => (b.endedAt ?? b.dueAt) - (a.endedAt ?? a.dueAt));
  const shown = [...planned, ...(all ? ended : ended.slice(0, ENDED_SHOWN))];
  const groups = [...Map.groupBy(shown, ({ orderId }) => orderId)];
  return (
    <section className="side-card">
      <div className="side-head">
        <h2>{t('followUps.title')}</h2>
        <span className="count count-calm">{planned.length}</span>
      </div>
      {followUps.length === 0 && <p className="faint">{t('followUps.none')}</p>}
      {groups.map(([orderId, rows]) => (
        <div key={orderId ?? ''}>
          {groups.length > 1 && (
            <p className="faint">
              {orderId === undefined ? t('followUps.ofBuyer') : t('followUps.ofOrder', { order: orderId })}
            </p>
          )}
          {rows.map((followUp) => (
            <FollowUp key={followUp.id} followUp={followUp} />
          ))}
        </div>
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
  const nowMs = useNow();
  const catalogue = useDeskState((state) => state.catalogue);
  const words = { t, language, nowMs, titleOf: (id: string) => scriptTitle(catalogue, id, language) };
  const left = followUp.dueAt - nowMs;
  return (
    <Disclosure className="follow-up">
      <Heading level={3}>
        <Button slot="trigger" className="follow-up-head">
          <span className={looks[followUp.state]}>{stateWords(followUp, t)}</span>
          <span className="follow-up-name">{ruleName(followUp.rule, t)}</span>
          <span className="faint figures">
            {isPlanned(followUp) && left > 0
              ? t('followUps.in', { left: formatDuration(left, language) })
              : formatMoment(followUp.endedAt ?? followUp.dueAt, nowMs, language)}
          </span>
        </Button>
      </Heading>
      <DisclosurePanel className="follow-up-story">
        {followUp.reason && <p className="faint">{reasonWords(followUp.reason, t)}</p>}
        <ol>
          {followUp.story.map((step) => (
            <li key={`${step.at}-${step.step}-${step.because}`}>
              <span className="faint figures">{formatMoment(step.at, nowMs, language)}</span> {storyWords(step, words)}
            </li>
          ))}
        </ol>
      </DisclosurePanel>
    </Disclosure>
  );
}
