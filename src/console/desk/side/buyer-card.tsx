import type { ConversationDetail } from '../../../protocol/records.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { OptOutMark } from './opt-out-mark.tsx';
import { ProfileChart } from './profile-chart.tsx';

/** New and returning stand in a badge of their own. */
const saidAlready = new Set(['SEG-1', 'SEG-2']);

/** Who the buyer is to the shop. */
export function BuyerCard({ conversationId, buyer }: { conversationId: string; buyer: ConversationDetail['buyer'] }) {
  const { t } = useLanguage();
  const { profile } = buyer;
  return (
    <section className="side-card">
      <h2>{buyer.name}</h2>
      {buyer.optedOut && <OptOutMark conversationId={conversationId} scope={buyer.optedOut} />}
      <p className="badges">
        {buyer.isReturning !== undefined && (
          <span className="badge badge-jade">{t(buyer.isReturning ? 'buyer.returning' : 'buyer.new')}</span>
        )}
        {buyer.tier && buyer.tier !== 'none' && <span className="badge">{buyer.tier}</span>}
        {buyer.region && <span className="badge">{buyer.region}</span>}
        {buyer.tags.map((tag) => (
          <span key={tag} className="badge">
            {tag}
          </span>
        ))}
        {profile.segments
          .filter((segment) => !saidAlready.has(segment))
          .map((segment) => (
            <span key={segment} className="badge" title={segment}>
              {t(`segment.${segment}`)}
            </span>
          ))}
      </p>
      <ProfileChart conversationId={conversationId} profile={profile} pinnedType={buyer.pinnedType} />
    </section>
  );
}
