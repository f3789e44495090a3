import type { GoodsAge } from '../../../protocol/goods.ts';
import { formatDuration } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';

/** How old a part is; in red what may not be relied on any more. */
export function AgeBadge({ age: { part, readAt, fresh }, nowMs }: { age: GoodsAge; nowMs: number }) {
  const { t, language } = useLanguage();
  const told = readAt === null ? t('goods.unknown') : formatDuration(Math.max(0, nowMs - readAt), language);
  return (
    <span className={fresh ? 'badge badge-jade' : 'badge badge-red'}>
      {t(`goods.part.${part}`)} {told}
      {!fresh && readAt !== null && ` · ${t('goods.stale')}`}
    </span>
  );
}
