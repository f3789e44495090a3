import { useState } from 'react';
import type { BuyerType } from '../../../protocol/ids.ts';
import type { Profile } from '../../../protocol/turn.ts';
import { formatMoment, formatShare } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useNow } from '../../parts/use-now.ts';

/** Neutral names of the types; no other name may appear in the desk. @see BT-P4 */
const codes: Readonly<Record<BuyerType, string>> = {
  'BT-1': 'fact_first',
  'BT-2': 'bargain_first',
  'BT-3': 'look_first',
  'BT-4': 'status_first',
  'BT-5': 'safety_first',
  'BT-6': 'routine',
  'BT-7': 'relation_first',
  'BT-8': 'needs_lead',
};

const SHOWN_TYPES = 4;
const WORTH_SHOWING = 0.05;

/** How the buyer likes to be talked with: a distribution, never one label, with what showed it. @see BT-P2 */
export function ProfileChart({ profile }: { profile: Profile }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const bars = (Object.entries(profile.types) as [BuyerType, number][])
    .filter(([, share]) => share >= WORTH_SHOWING)
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN_TYPES);
  return (
    <div className="profile">
      <div className="side-head">
        <h3>{t('profile.title')}</h3>
        {profile.evidence.length > 0 && (
          <ActionButton look="link" aria-expanded={open} onPress={() => setOpen(!open)}>
            {t('profile.evidence', { count: profile.evidence.length })}
          </ActionButton>
        )}
      </div>
      {(profile.top === 'unknown' || bars.length === 0) && <p className="faint">{t('profile.unknown')}</p>}
      <ul className="bars">
        {bars.map(([type, share]) => (
          <li key={type} className={type === profile.top ? 'bar-top' : undefined}>
            <span className="bar-name" title={codes[type]}>
              {t(`type.${type}`)}
            </span>
            <span className="meter" aria-hidden="true">
              <span style={{ width: formatShare(share) }} />
            </span>
            <span className="figures">{formatShare(share)}</span>
          </li>
        ))}
      </ul>
      {open && <Evidence evidence={profile.evidence} />}
    </div>
  );
}

function Evidence({ evidence }: { evidence: Profile['evidence'] }) {
  const { language } = useLanguage();
  const now = useNow();
  return (
    <ul className="evidence">
      {evidence.map((it) => (
        <li key={`${it.feature}-${it.atMs}-${it.detail}`}>
          <span className="code faint">{it.feature}</span> {it.detail}{' '}
          <span className="faint figures">{formatMoment(it.atMs, now, language)}</span>
        </li>
      ))}
    </ul>
  );
}
