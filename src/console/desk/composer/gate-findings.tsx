import type { Verdict } from '../../../protocol/turn.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { scriptTitle } from '../catalogue.ts';
import { useDeskState } from '../desk-context.tsx';
import { FaultWords } from './fault-words.tsx';
import { type FindingGroup, groupFindings } from './group-findings.ts';

/** What the gate objects to, with the words at fault and the scripts that say it rightly. */
export function GateFindings({
  text,
  verdict,
  onInsertInstead,
}: {
  text: string;
  verdict: Verdict | undefined;
  onInsertInstead(card: string): void;
}) {
  const { t } = useLanguage();
  const groups = groupFindings(text, verdict?.findings ?? []);
  return (
    <div className="findings" role="status" aria-live="polite" aria-label={t('gate.title')}>
      {groups.length > 0 && (
        <ul>
          {groups.map((group) => (
            <FindingLine
              key={`${group.severity}-${group.rule}-${group.message}`}
              finding={group}
              onInsertInstead={onInsertInstead}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function FindingLine({ finding, onInsertInstead }: { finding: FindingGroup; onInsertInstead(card: string): void }) {
  const { t, language } = useLanguage();
  const catalogue = useDeskState((state) => state.catalogue);
  return (
    <li className={`finding finding-${finding.severity}`}>
      <span className={finding.severity === 'B' ? 'badge badge-red' : 'badge badge-amber'}>
        {t(`gate.${finding.severity}`)}
      </span>
      <span className="finding-message">
        <FaultWords words={finding.words} /> {finding.message} <span className="code faint">{finding.rule}</span>
      </span>
      {finding.instead.length > 0 && (
        <span className="finding-instead">
          {t('gate.instead')}
          {finding.instead.map((card) => (
            <ActionButton
              key={card}
              look="quiet"
              className="instead-chip"
              aria-label={t('gate.insertInstead', { title: scriptTitle(catalogue, card, language) })}
              onPress={() => onInsertInstead(card)}
            >
              <Icon name="plus" size={12} /> {scriptTitle(catalogue, card, language)}
            </ActionButton>
          ))}
        </span>
      )}
    </li>
  );
}
