import { useState } from 'react';
import type { BuyerType } from '../../../protocol/ids.ts';
import type { Profile } from '../../../protocol/turn.ts';
import { formatMoment, formatShare } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useNow } from '../../parts/use-now.ts';
import type { PinnedType } from '../store/desk-state.ts';
import { codes } from './type-codes.ts';
import { TypeMenu } from './type-menu.tsx';

const SHOWN_TYPES = 4;
const WORTH_SHOWING = 0.05;

/** How the buyer likes to be talked with: a distribution, never one label, with what showed it. @see BT-P2 */
export function ProfileChart({
  conversationId,
  profile,
  pinnedType,
}: {
  conversationId: string;
  profile: Profile;
  /** An agent's word, which wins until it is taken back. */
  pinnedType: PinnedType | undefined;
}) {
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
        <span className="side-tools">
          {profile.evidence.length > 0 && (
            <ActionButton look="link" aria-expanded={open} onPress={() => setOpen(!open)}>
              {t('profile.evidence', { count: profile.evidence.length })}
            </ActionButton>
          )}
          <TypeMenu conversationId={conversationId} pinnedType={pinnedType} />
        </span>
      </div>
      {pinnedType !== undefined && (
        <p>
          <span className="badge badge-jade">{t('type.pinned', { name: t(`type.${pinnedType}`) })}</span>
        </p>
      )}
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
          <span className="code faint">{it.feature}</span> {(language === 'zh' && it.detailZh) || it.detail}{' '}
          <span className="faint figures">{formatMoment(it.atMs, now, language)}</span>
        </li>
      ))}
    </ul>
  );
}
