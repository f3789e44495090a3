import type { GoodsList, GoodsPart } from '../../../protocol/goods.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';

/** What is too old, in how many products, and which scripts are not proposed because of it. */
export function PartsCard({ list, onStale }: { list: GoodsList; onStale(part: GoodsPart): void }) {
  const { t } = useLanguage();
  const stalePromos = list.promos.filter(({ fresh }) => !fresh).length;
  const counts = { ...list.stale, ...(stalePromos > 0 ? { promos: stalePromos } : {}) };
  const parts = list.uses.filter(({ part }) => (counts[part] ?? 0) > 0);
  if (parts.length === 0) return <p className="banner banner-good">{t('goods.allFresh')}</p>;
  return (
    <ul className="goods-parts">
      {parts.map(({ part, scripts }) => (
        <li key={part}>
          <b>{t('goods.staleCount', { part: t(`goods.part.${part}`), count: counts[part] ?? 0 })}</b>{' '}
          {scripts.length > 0 && (
            <details>
              <summary>{t('goods.hides', { count: scripts.length })}</summary>
              <p>{scripts.join('、')}</p>
            </details>
          )}
          {part !== 'promos' && (
            <ActionButton look="link" onPress={() => onStale(part)}>
              {t('goods.showStale', { part: t(`goods.part.${part}`) })}
            </ActionButton>
          )}
        </li>
      ))}
    </ul>
  );
}
